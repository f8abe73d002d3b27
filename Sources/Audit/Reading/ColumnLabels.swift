/// The words at the head of a column that say what each of its values is: "Phone", «تاريخ الميلاد».
///
/// Only heads that name personal data are labels. So a table of prices or results reads as it stands, and the words of a
/// column of telephone numbers give rules their context in every row. "Name" is one only beside such a column: it also
/// heads tables of products and places.
struct ColumnLabels: Sendable {
  /// By column; empty for none.
  private(set) var labels: [[Unicode.Scalar]] = []

  /// - Parameter heads: the text of each column's head, in order.
  init(_ heads: [String]) {
    let words = heads.map(Self.words)
    guard words.contains(where: { !$0.isDisjoint(with: Self.personal) }) else { return }
    labels = zip(heads, words).map { head, words in
      words.isDisjoint(with: Self.personal) && words.isDisjoint(with: Self.names)
        ? [] : RunWriter.label(of: head)
    }
  }

  var isEmpty: Bool { labels.isEmpty }

  subscript(column: Int) -> [Unicode.Scalar] { labels.indices.contains(column) ? labels[column] : [] }

  /// The label of one field, as the name of a form's input; empty for one that names no personal data.
  static func label(ofField name: String) -> [Unicode.Scalar] {
    let label = RunWriter.label(of: name)
    let text = String(String.UnicodeScalarView(label))
    return words(text).isDisjoint(with: personal) ? [] : label
  }

  /// The label of an attribute of a page, `data-api-key`: empty for one that names neither personal data nor a secret.
  /// A key or token alone is none: players, lists and forms of public pages have their own.
  static func label(ofAttribute name: String) -> [Unicode.Scalar] {
    let name = name.lowercased()
    guard name.hasPrefix("data-") else { return [] }
    let field = String(name.dropFirst(5))
    let words = words(field)
    guard words.isDisjoint(with: guards) else { return [] }
    let isSecret =
      !words.isDisjoint(with: secrets)
      || !words.isDisjoint(with: ["key", "token"]) && !words.isDisjoint(with: ownersOfKeys)
    return isSecret ? RunWriter.label(of: field) : label(ofField: field)
  }

  private static let secrets = set("apikey authtoken accesstoken accesskey secretkey")
  private static let ownersOfKeys = set(
    "api access private auth bearer refresh secret encryption licence license subscription")
  private static let guards = set("csrf xsrf nonce authenticity antiforgery recaptcha captcha")

  private static func words(_ head: String) -> Set<String> {
    guard head.utf8.count <= 64 else { return [] }
    let folded = FoldedText.folded(head)
    return Set(
      String(decoding: folded, as: UTF8.self).split { !$0.isLetter }.map { word in
        word.hasPrefix("ال") && word.utf8.count > 8 ? String(word.dropFirst(2)) : String(word)
      })
  }

  private static func set(_ words: String) -> Set<String> {
    Set(words.split(separator: " ").map { String(decoding: FoldedText.folded(String($0)), as: UTF8.self) })
  }

  private static let personal = set(
    """
    phone telephone tel mobile cell cellphone whatsapp fax email mail birth birthday dob born national civil identity \
    passport iqama ssn nhs nino iban bban swift card account licence license plate password passcode pin tax tin vat \
    address insurance social medicare aadhaar pan cpf imei telefon mobil handy teléfono correo courriel téléphone \
    هاتف جوال محمول موبايل نقال تلفون واتساب بريد إيميل ميلاد ولادة هوية قومي وطني مدني إقامة جواز آيبان حساب بطاقة \
    لوحة رخصة عنوان ضريبي تأمين سري مرور
    """)

  private static let names = set(
    "name surname patient employee client student member اسم مريض موظف عميل طالب عضو")
}
