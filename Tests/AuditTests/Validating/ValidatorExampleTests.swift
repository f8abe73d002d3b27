import Audit
import Testing

/// Published examples and invented numbers; no number of a living person.
@Suite struct ValidatorExampleTests {
  @Test(
    arguments: [
      "luhn 79927398713", "luhn 1234 5678 1234 5670", "verhoeff 2363", "verhoeff 1234567890120", "damm 5724",
      "iso7064.mod_11_2 07940", "iso7064.mod_11_2 079X", "iso7064.mod_97_10 9999123456789012141490",
      "payment-card 4926351740466081", "payment-card 30579675742677", "payment-card 213175197796454",
      "payment-card 180051662803027", "payment-card 4158112277712", "payment-card 4064557646766436702",
      "payment-card 4000-0012-3456-7899", "payment-card 379097899656846", "payment-card 2308667275322437",
      "iban GB56HXDO88167774656119", "iban gb42nawi04454264788619", "iban AL47 2121 1009 0000 0002 3569 8741",
      "us.itin 912-90-3456", "us.atin 912-93-3456", "us.rtn 3222-7162-7", "us.npi 1234567893",
      "ca.sin 123-456-782",
      "sa.national-id 1000000008", "sa.national-id 1012345672", "ae.emirates-id 784-1990-1234567-6",
      "eg.national-id 29001011234567", "eg.tn 100-531-385", "kw.civil 288020122596", "kw.civil 227081660516",
      "kw.civil 292091998298", "qa.qid 28463401234", "ma.ice 001561191000066", "dz.nif 416001000000007",
      "ir.national-code 0013542419", "il.idnr 039337423", "il.hp 516179157", "tr.tckimlik 10000000146",
      "tr.vkn 4540536920", "in_.aadhaar 234123412346", "in_.pan ACUPA7085R", "pl.pesel 44051401359",
      "za.idnr 7503305044089", "gb.nhs 943 476 5919",
      "phone +966501234567", "phone 00966 50 123 4567", "phone +20 100 123 4567", "phone +971 50 123 4567",
      "phone +44 (0)20 7946 0958", "phone +49 30 1234567", "phone +33 1 42 68 53 00",
      "phone +55 11 98456 5666",
      "phone +1-903-340-4508x769", "phone tel:+41695269904", "phone.international 0020-2-2736-1234",
      "phone.sa 0501234567", "phone.eg 01001234567", "phone.ae 050 123 4567", "phone.us (415) 234-5678",
      "ipv4 8.8.8.8", "ipv6 684D:1111:222:3333:4444:5555:6:77", "ipv6 2400:c401::5054:ff:fe1b:b031",
      "ip 1.1.1.1",
      "mac 00:1A:2B:3C:4D:5E", "mac 00-1A-2B-3C-4D-5E", "email ahmed.ali@shop.com.sa",
      "email محمد@مثال.السعودية",
      "email user@xn--80ak6aa92e.com", "email salma＠rhyta.com",
      "jwt eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
      "url-credentials ftp://reader:s3cr3t-word@files.host.org/x",
      "private-key -----BEGIN RSA PRIVATE KEY-----",
      "date 15/03/1990", "date 1990-03-15", "date 3/15/90", "date 1410/08/17 هـ", "date 15 March 1990",
      "date.gregorian 29.02.2000", "date.hijri 30/12/1445",
      "isbn 978-0-306-40615-7", "isbn 0-306-40615-2", "isbn 0-8044-2957-X", "issn 0378-5955",
      "issn 2049-3630",
      "orcid https://orcid.org/0000-0001-5109-3700", "orcid 0000-0002-1694-233X", "isni 0000 0001 2281 955X",
      "arxiv 0704.0001", "arxiv arXiv:1501.00001v2", "arxiv hep-th/9901001",
      "imei 490154203237518", "vin 1M8GDM9AXKP042788",
      "bitcoin 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "bitcoin 3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
      "bitcoin bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
      "bitcoin bc1p5d7rjq7g6rdk2yhzks9smlaqtedr4dekq08ge8ztwac72sfr9rusxg3297",
    ] as [NamedValue])
  func `confirms a published or constructed value`(_ example: NamedValue) {
    #expect(example.verdict == .valid)
  }

  @Test(
    arguments: [
      "luhn 79927398710", "luhn 0", "luhn 4111a", "pl.pesel 44-051401359", "payment-card 4012-8888-8888-1882",
      "payment-card 0000000000000000",
      "payment-card 7992739871300000", "iban GB82WEST12345698765433", "iban GB82WEST1234569876543",
      "iban ZZ8200001111",
      "iban AL47 212A 1009 0000 0002 3569 8741", "iban 82GBWEST12345698765432", "iban GB82", "iban ",
      "us.ssn 078-05-1120", "us.ssn 666-12-3456", "us.ssn 900-12-3456", "us.ssn 123-00-4567",
      "us.ssn 123-45-0000",
      "us.itin 912-49-3456", "us.rtn 3222-7162-8", "ca.sin 123 456 783", "ca.sin 046 454 286",
      "sa.national-id 3012345672", "sa.national-id 101234567", "ae.emirates-id 785-1990-1234567-6",
      "ae.emirates-id 784-1890-1234567-6", "eg.national-id 29013011234567", "eg.national-id 29001010534567",
      "eg.national-id 19001011234567", "kw.civil 290023112345", "kw.civil 490010112345", "bh.cpr 901301234",
      "qa.qid 48463401234", "jo.national-number 1234567890", "ma.cnie 123456", "ma.cnie ABC123456",
      "tn.cin 21234567",
      "ly.national-number 319801234567", "sy.national-number 15012345678", "ir.national-code 0013542418",
      "il.idnr 039337424", "tr.tckimlik 10000000147", "pk.cnic 8420112345671", "in_.aadhaar 234123412347",
      "pl.pesel 44051401358", "za.idnr 8503305044089", "gb.nhs 943 476 5918",
      "phone 12", "phone +999 123 4567", "phone +966 1", "phone ++966501234567", "phone 1234567890123456789",
      "phone.sa 0301234567", "phone.eg 01301234567", "phone.international 0501234567", "phone hello",
      "ipv4 256.256.256.256", "ipv4 192.168.1.256", "ipv4 1.2.3", "ipv4 01.2.3.4", "ipv4 1.2.3.4/33",
      "ipv6 684D:1111:222:3333:4444:5555:77", "ipv6 2001::db8::1", "ipv6 12345:db8::1", "ipv6 :::",
      "ipv6 fe80::1text",
      "mac 00:1A:2B:3C:4D", "mac ZZ:ZZ:ZZ:ZZ:ZZ:ZZ", "mac FF:FF:FF:FF:FF:FF", "mac 00:00:00:00:00:00",
      "mac 00:1A-2B:3C:4D:5E", "email info@presidio.", "email @example.com", "email a..b@example.com",
      "email logo@2x.png", "email a@b", "email a@-b.com", "email a@b.c1",
      "jwt a.b.c", "jwt eyJmb28iOjF9.e30.", "aws-access-key AKIA0000000000000000",
      "url-credentials https://host/a:b@c",
      "url-credentials https://${USER}:${PASS}@host.org", "private-key -----BEGIN PUBLIC KEY-----",
      "date 31/02/1990", "date 1990-13-15", "date 12345", "date.hijri 31/12/1445",
      "date.gregorian 15/03/1445",
      "isbn 978-0-306-40615-8", "isbn 977-0-306-40615-7", "issn 0378-5954", "orcid 0000-0001-5109-3701",
      "arxiv 0713.0001", "arxiv 1501.0001", "imei 490154203237517", "vin 1M8GDM9AXIP042788",
      "bitcoin 16Yeky6GMjeNkAiNcBY7ZhrLoMSgg1BoyZ2", "ethereum 0x0000000000000000000000000000000000000000",
      "doi 10.12/abc", "doi 10.1234/", "pmid 0123",
    ] as [NamedValue])
  func `rejects what cannot be such a value`(_ example: NamedValue) {
    #expect(example.verdict == .invalid)
  }

  @Test(
    arguments: [
      "payment-card 4111 1111 1111 1111", "payment-card 378282246310005", "iban GB82 WEST 1234 5698 7654 32",
      "iban SA03 8000 0000 6080 1016 7519", "iban MA64 0115 1900 0001 2050 0053 4921", "us.ssn 078-05-1123",
      "us.ssn 078.05.1123", "sa.national-id 1012345673", "kw.civil 290010112345", "qa.qid 28400101234",
      "ae.emirates-id 784-1990-1234567-5", "bh.cpr 900101234", "jo.national-number 9991012345",
      "iq.national-id 199012345678", "ma.cnie BE123456", "tn.cin 01234567", "dz.nin 109901234567890123",
      "ly.national-number 119801234567", "sy.national-number 01012345678", "om.civil 12345678",
      "ps.id 900000011",
      "phone +1 415-555-0132", "phone 0501234567", "phone 415-234-5678", "phone 077 1234567",
      "phone +966 0501234567",
      "ipv4 192.168.10.25", "ipv4 203.0.113.9", "ipv4 8.8.8.0/24", "ipv6 ::1", "ipv6 fe80::1%eth0",
      "ipv6 2001:db8::/32",
      "ipv6 ::ffff:10.0.0.1", "mac 02:1A:2B:3C:4D:5E", "email someone@example.com", "email info@shop.com.sa",
      "aws-access-key AKIAIOSFODNN7EXAMPLE", "url-credentials https://user:password@host.org",
      "orcid 0000-0002-1825-0097", "doi 10.1000/182", "doi https://doi.org/10.1038/s41586-020-2649-2",
      "pmid 32939066",
      "ethereum 0x52908400098527886E0F7030069857D2E4169EE7",
    ] as [NamedValue])
  func `leaves open what nothing confirms, and published test values`(_ example: NamedValue) {
    #expect(example.verdict == .possible)
  }

  @Test func `knows nothing of a name that does not exist`() {
    #expect(Validators.named("iban-mod98") == nil)
  }

  @Test func `gives every validator a name of its own and a source`() {
    for (name, validator) in Validators.all {
      #expect(validator.name == name)
      #expect(!validator.source.isEmpty)
    }
    #expect(Validators.all.count > 250)
  }
}
