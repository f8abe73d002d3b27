import Audit
import Testing

@Suite struct ValidatorPropertyTests {
  /// Systems that detect every error in one digit.
  @Test(
    arguments: [
      "luhn 79927398713", "verhoeff 2363", "damm 5724", "payment-card 4926351740466081",
      "payment-card 379097899656846", "iban GB56HXDO88167774656119", "iban AL47212110090000000235698741",
      "us.rtn 322271627", "us.npi 1234567893", "ca.sin 123456782", "ir.national-code 0013542419",
      "il.idnr 039337423", "tr.tckimlik 10000000146", "in_.aadhaar 234123412346", "za.idnr 7503305044089",
      "gb.nhs 9434765919", "isbn 9780306406157", "isbn 0306406152", "issn 03785955", "imei 490154203237518",
      "orcid 0000000151093700", "ma.ice 001561191000066", "pl.pesel 44051401359", "tr.vkn 4540536920",
    ] as [NamedValue])
  func `rejects every change of the check digit`(_ example: NamedValue) throws {
    let validator = try #require(Validators.named(example.name))
    let value = Array(example.value.utf8)
    #expect(validator.validate(value) == .valid)
    let last = value.count - 1
    for digit in UInt8(0x30)...0x39 where digit != value[last] {
      var changed = value
      changed[last] = digit
      #expect(validator.validate(changed) == .invalid)
    }
  }

  /// A check digit that no authority confirms is evidence, never a reason to reject.
  @Test(
    arguments: ["sa.national-id 1000000008", "ae.emirates-id 784199012345676", "kw.civil 288020122596"]
      as [NamedValue])
  func `doubts, but does not reject, every change of an unofficial check digit`(_ example: NamedValue) throws
  {
    let validator = try #require(Validators.named(example.name))
    let value = Array(example.value.utf8)
    let last = value.count - 1
    for digit in UInt8(0x30)...0x39 where digit != value[last] {
      var changed = value
      changed[last] = digit
      #expect(validator.validate(changed) == .possible)
    }
  }

  /// Bytes of any kind give a verdict, for every validator.
  @Test func `survives any bytes`() {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    func random(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    let alphabet = Array("0123456789 -./()+:@xXABCDEFabcdef{}%=\u{2013}\u{0660}\u{0}".utf8)
    for _ in 0..<400 {
      let value = (0..<random(40)).map { _ in
        random(8) == 0 ? UInt8(random(256)) : alphabet[random(alphabet.count)]
      }
      for validator in Validators.all.values { _ = validator.validate(value) }
    }
    for validator in Validators.all.values { #expect(validator.validate([]) == .invalid) }
  }

  @Test(arguments: [("", 0.0), ("aaaa", 0), ("abcd", 2), ("aabb", 1), ("0123456789abcdef", 4)])
  func `measures entropy in bits per byte`(_ text: String, _ bits: Double) {
    #expect(abs(Entropy.bitsPerByte(of: Array(text.utf8)) - bits) < 1e-9)
  }
}
