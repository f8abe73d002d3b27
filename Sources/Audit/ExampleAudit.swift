import AuditCore
import Synchronization

/// Audits single texts one after the other, for `rules test`.
package final class ExampleAudit: Sendable {
  private let auditor: Auditor
  private let worker: Mutex<AuditWorker>

  package init(_ auditor: Auditor) throws(Scanner.Failure) {
    self.auditor = auditor
    worker = Mutex(try AuditWorker(for: auditor))
  }

  /// Every example of `rules` in every carrier.
  package func results(of rules: RuleSet) -> [RuleTestResult] {
    RuleTester { self.hits(in: $0) }.results(of: rules)
  }

  /// What is wrong with the findings on the pages of `rules`.
  package func pageProblems(of rules: RuleSet, pages: [PackPage]) -> [String] {
    RuleTester { self.hits(in: $0) }.pageProblems(of: rules, pages: pages)
  }

  private func hits(in input: RuleTester.Input) -> [RuleTester.Hit] {
    let document = Document(
      path: input.path ?? "example", format: input.format,
      encoding: Encoding(name: "utf-8", evidence: .transport),
      bytes: input.bytes)
    return worker.withLock { worker in
      // The rules compiled already; nothing else throws here.
      let audit = try? auditor.audit(document, with: worker)
      return (audit?.findings ?? []).map { ($0.rule, $0.location.codePoints) }
    }
  }
}
