/// The words that a profile may use, with what a report prints for them.
package enum ProfileWords {
  package static let roles: [(name: String, words: Words)] = [
    ("publisher", Words("publisher", "ناشر")),
    ("deployer", Words("deployer of AI systems", "جهة تستخدم أنظمة ذكاء اصطناعي")),
    ("provider", Words("provider of AI systems", "جهة توفّر أنظمة ذكاء اصطناعي")),
    ("model-provider", Words("provider of general-purpose models", "جهة توفّر نماذج عامة الغرض")),
    ("platform", Words("online platform", "منصة إلكترونية")),
    ("large-platform", Words("designated very large platform", "منصة كبيرة جدًا مصنَّفة رسميًا")),
    ("host", Words("hosting service", "خدمة استضافة")),
    ("gatekeeper", Words("designated gatekeeper", "حارس بوابة مصنَّف رسميًا")),
    ("employer", Words("employer", "صاحب عمل")),
    ("researcher", Words("researcher", "باحث")),
  ]
  package static let audiences: [(name: String, words: Words)] = [
    ("general", Words("general public", "عامة الناس")),
    ("minors", Words("minors", "القاصرون")),
    ("patients", Words("patients", "المرضى")),
    ("workers", Words("workers", "العاملون")),
    ("voters", Words("voters", "الناخبون")),
  ]
  package static let sectors: [(name: String, words: Words)] = [
    ("news", Words("news", "الأخبار")),
    ("health", Words("health", "الصحة")),
    ("finance", Words("finance", "المال")),
    ("law", Words("law", "القانون")),
    ("safety", Words("safety and emergencies", "السلامة والطوارئ")),
    ("education", Words("education", "التعليم")),
    ("elections", Words("elections", "الانتخابات")),
    ("public-sector", Words("public sector", "القطاع العام")),
    ("commerce", Words("commerce", "التجارة")),
    ("research", Words("research", "البحث العلمي")),
  ]

  /// What a report prints for `name`; the name itself when it is none of ours.
  package static func words(for name: String) -> Words {
    (roles + audiences + sectors).first { $0.name == name }?.words ?? Words(name, name)
  }
}
