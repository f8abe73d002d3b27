package import AuditCore

/// Strings about what stands around the findings: profile, decisions, trend, stale suppressions, the annex.
package enum ContextLabel: CaseIterable, Sendable {
  // Register
  case decision, noDecision, owner, due, residual, decidedBy, note, ownMeasure, notNamed, notSet, notDecided
  case overdue, raisedBy
  case statusOpen, statusConfirmed, statusDismissed, statusMitigated, statusAccepted
  case residualNone, residualLow, residualMedium, residualHigh, residualVeryHigh
  case evidenceNone, registerFile
  // Profile
  case profile, noProfile, profileNote, roles, places, audiences, sectors, frameworks, humanReview, yes, no,
    notSaid
  case weighedOn, mayBeRelevantHere, notInForceYet, otherPlace, otherRole, notFollowed, reviewStated,
    notWeighed
  // Trend
  case trend, noTrend, trendNew, trendKnown, trendGone, trendTable, run, otherRules, bandsMoved, thisRun,
    newFinding
  // Suppressions
  case staleSuppressions, unused, expired, staleNote, ended
  // Annex
  case annex, annexNote, question, whatThisRunShows, forPeople, fillIn
  case dpia, fria, dpiaDescription, dpiaNecessity, dpiaRisks, dpiaMeasures
  case friaProcess, friaPeriod, friaGroups, friaHarms, friaOversight, friaResponse
  case annexInputs, annexNothing, annexPrivacy, annexMeasures, annexOversight, annexNoReview
  // Large reports
  case pagesTitle, pagesNote, byRule, byDocument, backToIndex, page, commandLine

  package var words: Words {
    switch self {
    case .decision: Words("Decision", "القرار")
    case .noDecision: Words("No decision recorded", "لم يُسجَّل قرار")
    case .owner: Words("Owner", "المسؤول")
    case .due: Words("Due", "الموعد")
    case .residual: Words("Residual risk", "الخطر المتبقي")
    case .decidedBy: Words("Decided by", "اتخذ القرار")
    case .note: Words("Note", "ملاحظة")
    case .ownMeasure: Words("Own measure", "إجراء خاص")
    case .notNamed: Words("not named", "لم يُسمَّ")
    case .notSet: Words("not set", "لم يُحدَّد")
    case .notDecided: Words("not decided", "لم يُقرَّر")
    case .overdue: Words("past its date", "فات موعده")
    case .raisedBy: Words("impact raised by the profile: {w}", "رُفع الأثر بسبب بيانات الجهة: {w}")
    case .statusOpen: Words("Open", "مفتوح")
    case .statusConfirmed: Words("Confirmed by review", "أكّدته المراجعة")
    case .statusDismissed: Words("Dismissed by review", "استبعدته المراجعة")
    case .statusMitigated: Words("Measure carried out", "نُفّذ الإجراء")
    case .statusAccepted: Words("Accepted", "قُبل الخطر")
    case .residualNone: Words("none", "لا خطر متبقيًا")
    case .residualLow: Words("low", "منخفض")
    case .residualMedium: Words("medium", "متوسط")
    case .residualHigh: Words("high", "مرتفع")
    case .residualVeryHigh: Words("very high", "مرتفع جدًا")
    case .evidenceNone: Words("No evidence in what was read", "لا أدلة فيما قُرئ")
    case .registerFile:
      Words(
        "Owner, date, residual risk and decision are made by people and kept in register.yaml; they come back with the next run.",
        "المسؤول والموعد والخطر المتبقي والقرار من عمل البشر، وتُحفظ في الملف \u{2066}register.yaml\u{2069} وتعود مع التدقيق التالي."
      )

    case .profile: Words("For whom citations were weighed", "لمن وُزنت الإحالات")
    case .noProfile:
      Words(
        "Applicability not assessed: there is no profile in auditor.yaml.",
        "لم يُقيَّم الانطباق: لا توجد بيانات عن الجهة (profile) في \u{2066}auditor.yaml\u{2069}.")
    case .profileNote:
      Words(
        "The profile and the date only sort the citations. Whether one applies is for a specialist to say.",
        "لا تفعل بيانات الجهة والتاريخ سوى ترتيب الإحالات. أما انطباقها فيقوله مختص.")
    case .roles: Words("Role", "الدور")
    case .places: Words("Places", "الأماكن")
    case .audiences: Words("Audience", "الجمهور")
    case .sectors: Words("Sector", "القطاع")
    case .frameworks: Words("Frameworks followed", "الأطر المتبعة")
    case .humanReview: Words("Human review before publishing", "مراجعة بشرية قبل النشر")
    case .yes: Words("stated", "مصرَّح بها")
    case .no: Words("not done", "لا تُجرى")
    case .notSaid: Words("not said", "لم يُذكر")
    case .weighedOn: Words("Weighed on", "تاريخ الترتيب")
    case .mayBeRelevantHere: Words("may be relevant to this profile", "قد تكون ذات صلة بهذه الجهة")
    case .notInForceYet: Words("not yet in force", "لم تسرِ بعد")
    case .otherPlace: Words("outside the places of the profile", "خارج أماكن الجهة")
    case .otherRole: Words("addressed to other roles", "موجّهة إلى أدوار أخرى")
    case .notFollowed: Words("not among the frameworks followed", "ليست من الأطر المتبعة")
    case .reviewStated: Words("human review is stated", "صُرّح بالمراجعة البشرية")
    case .notWeighed: Words("applicability not assessed", "لم يُقيَّم الانطباق")

    case .trend: Words("Since the last run", "منذ التدقيق السابق")
    case .noTrend: Words("No earlier run was given to compare with.", "لم يُعطَ تدقيق سابق للمقارنة.")
    case .trendNew: Words("new", "جديدة")
    case .trendKnown: Words("still there", "باقية")
    case .trendGone: Words("gone", "زالت")
    case .trendTable: Words("Findings per run", "النتائج في كل تدقيق")
    case .run: Words("Run", "التدقيق")
    case .otherRules:
      Words(
        "The rules or the version differ between the runs, so part of the change may come from them.",
        "تختلف القواعد أو الإصدار بين التدقيقين، فقد يعود جزء من التغيّر إليها.")
    case .bandsMoved: Words("Bands that moved", "مستويات تغيّرت")
    case .thisRun: Words("this run", "هذا التدقيق")
    case .newFinding: Words("new since the last run", "جديدة منذ التدقيق السابق")

    case .staleSuppressions: Words("Suppressions to look at again", "استثناءات تستدعي النظر من جديد")
    case .unused: Words("unused: no finding answers to it", "غير مستعمل: لا تقابله نتيجة")
    case .expired: Words("ended; its findings are back", "انتهى، وعادت نتائجه")
    case .staleNote: Words("Take out what is no longer needed.", "احذف ما لم يعد لازمًا.")
    case .ended: Words("Ended on", "انتهى في")

    case .annex: Words("Annex for impact assessments", "ملحق لتقييمات الأثر")
    case .annexNote:
      Words(
        "What this run can add to a data protection impact assessment or a fundamental rights impact assessment. It answers no question "
          + "for you: lines stay for people to fill in. Whether such an assessment is due is for a specialist to say.",
        "ما يمكن أن يضيفه هذا التدقيق إلى تقييم أثر حماية البيانات أو تقييم الأثر على الحقوق الأساسية. ولا يجيب عن سؤال بدلًا منكم: "
          + "تبقى سطور ليملأها البشر. أما لزوم التقييم فيقوله مختص.")
    case .question: Words("Question", "السؤال")
    case .whatThisRunShows: Words("What this run shows", "ما يبيّنه هذا التدقيق")
    case .forPeople: Words("For people to fill in", "يملؤه البشر")
    case .fillIn: Words("Answer:", "الجواب:")
    case .dpia:
      Words(
        "Data protection impact assessment (GDPR Art. 35(7))",
        "تقييم أثر حماية البيانات (المادة 35(7) من اللائحة العامة لحماية البيانات)")
    case .fria:
      Words(
        "Fundamental rights impact assessment (EU AI Act Art. 27(1))",
        "تقييم الأثر على الحقوق الأساسية (المادة 27(1) من قانون الذكاء الاصطناعي الأوروبي)")
    case .dpiaDescription:
      Words(
        "(a) What is processed, how and for what purpose", "(أ) ما الذي يُعالَج وكيف ولأي غرض")
    case .dpiaNecessity: Words("(b) Why it is necessary and proportionate", "(ب) لماذا هو ضروري ومتناسب")
    case .dpiaRisks: Words("(c) Risks to the people concerned", "(ج) المخاطر على الأشخاص المعنيين")
    case .dpiaMeasures:
      Words("(d) Measures, safeguards and evidence of them", "(د) الإجراءات والضمانات وما يثبتها")
    case .friaProcess: Words("(a) In which process the system is used", "(أ) العملية التي يُستخدم فيها النظام")
    case .friaPeriod: Words("(b) For how long and how often", "(ب) المدة وعدد المرات")
    case .friaGroups:
      Words("(c) Which people and groups are likely to be affected", "(ج) الأشخاص والفئات الذين قد يتأثرون")
    case .friaHarms: Words("(d) Specific risks of harm to them", "(د) مخاطر الضرر المحددة عليهم")
    case .friaOversight: Words("(e) How people oversee it", "(هـ) كيف يشرف عليه البشر")
    case .friaResponse:
      Words(
        "(f) What is done when a risk comes true, and where people can complain",
        "(و) ما يُفعل إذا تحقق الخطر، وأين تُقدَّم الشكاوى")
    case .annexInputs:
      Words(
        "{n} inputs were read, {s} in all, in these languages:",
        "قُرئت مدخلات عددها {n}، وحجمها {s}، باللغات:")
    case .annexNothing: Words("A scan of content cannot show this.", "لا يستطيع فحص المحتوى أن يبيّن هذا.")
    case .annexPrivacy:
      Words("Findings on personal data and secrets: {n}", "نتائج تخص بيانات شخصية ومفاتيح سرية: {n}")
    case .annexMeasures:
      Words(
        "Suggested by the register, not carried out by this run:",
        "يقترحها سجل المخاطر، ولم ينفذها هذا التدقيق:")
    case .annexOversight:
      Words(
        "Decisions recorded in register.yaml: {n}.", "قرارات مسجَّلة في \u{2066}register.yaml\u{2069}: {n}.")
    case .annexNoReview:
      Words("The profile says nothing on human review.", "لا تذكر بيانات الجهة شيئًا عن المراجعة البشرية.")

    case .pagesTitle: Words("All findings, on pages of their own", "جميع النتائج، في صفحات مستقلة")
    case .pagesNote:
      Words(
        "This run is too large for one page. The list above holds the most severe; every finding stands on the pages below.",
        "هذا التدقيق أكبر من أن تسعه صفحة واحدة. تعرض القائمة أعلاه الأشد، وكل النتائج في الصفحات أدناه.")
    case .byRule: Words("By rule", "بحسب القاعدة")
    case .byDocument: Words("By document", "بحسب المستند")
    case .backToIndex: Words("Back to the report", "العودة إلى التقرير")
    case .page: Words("Page {n}", "الصفحة {n}")
    case .commandLine: Words("Command", "الأمر")
    }
  }
}

extension ContextLabel {
  static func of(_ status: RiskDecision.Status) -> ContextLabel {
    switch status {
    case .open: .statusOpen
    case .confirmed: .statusConfirmed
    case .dismissed: .statusDismissed
    case .mitigated: .statusMitigated
    case .accepted: .statusAccepted
    }
  }

  static func of(_ residual: Risk.Band) -> ContextLabel {
    switch residual {
    case .none: .residualNone
    case .low: .residualLow
    case .medium: .residualMedium
    case .high: .residualHigh
    case .veryHigh: .residualVeryHigh
    }
  }

  static func of(_ applicability: Risk.Citation.Applicability) -> ContextLabel {
    switch applicability {
    case .notAssessed: .notWeighed
    case .mayBeRelevant: .mayBeRelevantHere
    case .notInForce: .notInForceYet
    case .otherPlace: .otherPlace
    case .otherRole: .otherRole
    case .notFollowed: .notFollowed
    case .reviewed: .reviewStated
    }
  }
}

extension Trend {
  /// What is new, still there and gone, as one line.
  func counted(_ language: String) -> String {
    [(new.count, ContextLabel.trendNew), (knownCount, .trendKnown), (goneCount, .trendGone)].map {
      "\($1.words[language]) \(CountedWords.grouped($0))"
    }.joined(separator: " · ")
  }
}
