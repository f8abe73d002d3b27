import AuditCore

/// What a kind of data is called, for people: `EMAIL_ADDRESS` is "E-mail address".
enum EntityWords {
  /// Kinds that several rules find. Every other kind has the title of its one rule.
  static let shared: [String: Words] = [
    "COMMAND_LINE_CREDENTIALS": Words("Password in a command", "كلمة مرور في أمر"),
    "CREDIT_CARD": Words("Payment card number", "رقم بطاقة دفع"),
    "CRYPTO": Words("Cryptocurrency wallet", "محفظة عملات مشفرة"),
    "DATE_TIME": Words("Date in a person's life", "تاريخ في حياة شخص"),
    "DISCORD_TOKEN": Words("Discord token", "رمز \u{2066}Discord\u{2069}"),
    "EMAIL_ADDRESS": Words("E-mail address", "عنوان بريد إلكتروني"),
    "GOOGLE_API_KEY": Words("Google API key", "مفتاح واجهة \u{2066}Google\u{2069}"),
    "GPS_COORDINATES": Words("Coordinates of a place", "إحداثيات مكان"),
    "IP_ADDRESS": Words("IP address", "عنوان \u{2066}IP\u{2069}"),
    "LOCATION": Words("Address or place", "عنوان أو مكان"),
    "MEDICAL_CONDITION": Words("Health of a person", "صحة شخص"),
    "NRP": Words("Nationality, faith or conviction", "جنسية أو دين أو معتقد"),
    "PASSPORT_NUMBER": Words("Passport number", "رقم جواز سفر"),
    "PASSWORD": Words("Password", "كلمة مرور"),
    "PERSON": Words("Name of a person", "اسم شخص"),
    "PERSONAL_DATA_IN_URL": Words("Personal data in a web address", "بيانات شخصية في رابط"),
    "PHONE_NUMBER": Words("Telephone number", "رقم هاتف"),
    "PRIVATE_KEY": Words("Private key", "مفتاح خاص"),
    "SECRET": Words("Secret value", "قيمة سرية"),
    "SERVICE_KEY": Words("Key of a service", "مفتاح خدمة"),
    "URL": Words("Web address", "عنوان على الويب"),
    "URL_CREDENTIALS": Words("Password in a web address", "كلمة مرور في رابط"),
    "US_SSN": Words("US social security number", "رقم ضمان اجتماعي أمريكي"),
  ]

  /// nil where several rules of `rules` find it and no name is kept here.
  static func words(for entity: String, in rules: [RuleCard]) -> Words? {
    if let words = shared[entity] { return words }
    let titles = Set(rules.lazy.filter { $0.entity == entity && !$0.title.isEmpty }.map { Words($0.title) })
    return titles.count == 1 ? titles.first : nil
  }
}

extension HTMLReport {
  /// The name of a kind of data, or its identifier where it has no name.
  func entity(_ entity: String, _ page: inout Page) {
    if let words = EntityWords.words(for: entity, in: report.rules) {
      page.span(words)
    } else {
      page.code(entity)
    }
  }
}
