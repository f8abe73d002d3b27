internal import AuditCore

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

extension SystemCalls.Failure {
  /// What the system says, in a few words of each language. `strerror` is not used: it is neither thread-safe
  /// nor bilingual.
  var text: LocalizedText {
    switch number {
    case EACCES, EPERM: LocalizedText(en: "permission denied", ar: "لا يوجد إذن بالوصول")
    case ENOENT: LocalizedText(en: "it does not exist", ar: "غير موجود")
    case ENOTDIR: LocalizedText(en: "a part of the path is not a directory", ar: "جزء من المسار ليس مجلدًا")
    case EISDIR: LocalizedText(en: "it is a directory", ar: "هذا مجلد")
    case ELOOP:
      LocalizedText(en: "it is a link, and links are not followed", ar: "هذا رابط، والروابط لا تُتبع")
    case ENAMETOOLONG: LocalizedText(en: "the path is too long", ar: "المسار طويل جدًا")
    case EMFILE, ENFILE: LocalizedText(en: "too many open files", ar: "عدد الملفات المفتوحة كبير جدًا")
    case EIO: LocalizedText(en: "the disk reported an error", ar: "أبلغ القرص عن خطأ")
    case ENXIO, ENODEV: LocalizedText(en: "nothing is behind this device", ar: "لا شيء خلف هذا الجهاز")
    case ENOSPC, EDQUOT: LocalizedText(en: "no space left", ar: "لا توجد مساحة كافية")
    case EROFS: LocalizedText(en: "the file system is read-only", ar: "نظام الملفات للقراءة فقط")
    case EFBIG: LocalizedText(en: "the file would be too large", ar: "حجم الملف يتجاوز المسموح")
    case EPIPE: LocalizedText(en: "the reader has gone", ar: "أُغلق طرف القراءة")
    case ENOMEM: LocalizedText(en: "not enough memory", ar: "الذاكرة غير كافية")
    case ESTALE: LocalizedText(en: "the file server lost it", ar: "فقد خادم الملفات هذا الملف")
    default: LocalizedText(en: "system error \(number)", ar: "خطأ النظام رقم \(number)")
    }
  }

  var isMissing: Bool { number == ENOENT || number == ENOTDIR }
  var isLink: Bool { number == ELOOP }
}

/// The sentences of Intake.
extension Problem {
  static func unreadable(_ path: String, _ failure: SystemCalls.Failure) -> Problem {
    let text = failure.text
    return Problem(
      .unreadable, path: path,
      message: LocalizedText(
        en: "This file could not be read: \(text.en). Check its permissions and run the audit again.",
        ar: "تعذرت قراءة هذا الملف: \(text.ar). تحقق من أذوناته ثم أعد التدقيق."))
  }

  static func unreadableDirectory(_ path: String, _ failure: SystemCalls.Failure) -> Problem {
    let text = failure.text
    return Problem(
      .unreadable, path: path,
      message: LocalizedText(
        en: "This directory could not be listed, so nothing in it was examined: \(text.en). "
          + "Check its permissions and run the audit again.",
        ar: "تعذر سرد محتويات هذا المجلد، فلم يُفحص شيء مما فيه: \(text.ar). تحقق من أذوناته ثم أعد التدقيق."))
  }

  static func unreadableIgnoreFile(_ path: String, _ failure: SystemCalls.Failure) -> Problem {
    let text = failure.text
    return Problem(
      .unreadable, path: path,
      message: LocalizedText(
        en: "This ignore file could not be read, so its patterns were not applied: \(text.en).",
        ar: "تعذرت قراءة ملف الاستثناء هذا، فلم تُطبق أنماطه: \(text.ar)."),
      leavesGap: false)
  }

  static func notRegular(_ path: String, _ kind: SystemCalls.Kind) -> Problem {
    let name: LocalizedText
    switch kind {
    case .link: name = LocalizedText(en: "a link", ar: "رابط")
    case .fifo: name = LocalizedText(en: "a named pipe", ar: "أنبوب مسمى")
    case .socket: name = LocalizedText(en: "a socket", ar: "مقبس")
    case .device: name = LocalizedText(en: "a device", ar: "جهاز")
    case .regular, .directory, .other: name = LocalizedText(en: "a special file", ar: "ملف خاص")
    }
    return Problem(
      .notRegularFile, path: path,
      message: LocalizedText(
        en: "This is \(name.en), not a regular file, so it was not opened. Name its target to audit that.",
        ar: "هذا \(name.ar) وليس ملفًا عاديًا، لذلك لم يُفتح. اذكر الملف المقصود نفسه لتدقيقه."))
  }

  static func tooLarge(_ path: String, size: Int, limit: Int) -> Problem {
    Problem(
      .limitReached, path: path,
      message: LocalizedText(
        en: "This file has \(size) bytes, more than the limit of \(limit), so it was not examined. "
          + "Raise the limit or split the file.",
        ar: "حجم هذا الملف \(size) بايت، وهو أكبر من الحد \(limit)، لذلك لم يُفحص. ارفع الحد أو قسّم الملف."))
  }

  static func cutAtLimit(_ path: String, limit: Int) -> Problem {
    Problem(
      .limitReached, path: path,
      message: LocalizedText(
        en: "Only the first \(limit) bytes were examined: the rest is over the limit. Raise the limit or "
          + "split the input.",
        ar: "فُحصت أول \(limit) بايت فقط، وما بعدها يتجاوز الحد. ارفع الحد أو قسّم المدخل."))
  }

  static func changedWhileRead(_ path: String) -> Problem {
    Problem(
      .unreadable, path: path,
      message: LocalizedText(
        en: "This file changed while it was read, so what was examined may differ from what it holds now. "
          + "Run the audit again when nothing writes to it.",
        ar: "تغيّر هذا الملف أثناء قراءته، فقد يختلف ما فُحص عن محتواه الآن. أعد التدقيق بعد توقف الكتابة فيه.")
    )
  }
}

/// The sentences of containers and limits.
extension Problem {
  static func timeIsOver(_ path: String, seconds: Int) -> Problem {
    Problem(
      .limitReached, path: path,
      message: LocalizedText(
        en:
          "The time limit of \(seconds) seconds was over before all of it was examined. Raise the limit or split the input.",
        ar: "انتهت المهلة وهي \(seconds) ثانية قبل فحصه كله. ارفع الحد أو قسّم المدخل."))
  }

  /// A container or a member of one that could not be read to its end.
  static func cut(_ path: String, _ failure: StreamFailure) -> Problem {
    if failure.goesOn { return damagedPart(path, failure.text) }
    return Problem(
      failure.isLimit ? .limitReached : .badRecord, path: path,
      message: LocalizedText(
        en: "Only what comes before the damage or the limit was examined: \(failure.text.en).",
        ar: "لم يُفحص إلا ما يسبق التلف أو الحد: \(failure.text.ar)."))
  }

  static func zipMembersMissing(_ path: String, found: Int, stated: Int) -> Problem {
    Problem(
      .badRecord, path: path,
      message: LocalizedText(
        en:
          "The directory of this ZIP file states another number of members (\(stated)) than could be read from it "
          + "(\(found)). What could be found without it was examined too.",
        ar: "يذكر فهرس ملف ZIP هذا عددًا من الملفات (\(stated)) غير العدد الذي أمكنت قراءته (\(found)). "
          + "وفُحص أيضًا ما أمكن العثور عليه من دون الفهرس."))
  }

  static func zipHoldsMore(_ path: String) -> Problem {
    Problem(
      .badRecord, path: path,
      message: LocalizedText(
        en: "This ZIP file holds bytes that its directory does not name. Members among them were examined, "
          + "anything else was not.",
        ar: "في ملف ZIP هذا بايتات لا يذكرها فهرسه. فُحص ما فيها من ملفات، ولم يُفحص غيرها."))
  }

  private static func damagedPart(_ path: String, _ reason: LocalizedText) -> Problem {
    Problem(
      .badRecord, path: path,
      message: LocalizedText(
        en:
          "A part of this file could not be examined: \(reason.en). What comes before and after it was examined.",
        ar: "تعذر فحص جزء من هذا الملف: \(reason.ar). فُحص ما قبله وما بعده."))
  }

  static func brokenRecord(_ path: String, _ reason: LocalizedText) -> Problem {
    Problem(
      .badRecord, path: path,
      message: LocalizedText(
        en:
          "This record is broken: \(reason.en). What could be read of it was examined, and the records after it.",
        ar: "هذا السجل تالف: \(reason.ar). فُحص ما أمكنت قراءته منه وما بعده من سجلات."))
  }

  static func moreBroken(_ path: String, _ count: Int) -> Problem {
    Problem(
      .badRecord, path: path,
      message: LocalizedText(
        en: "\(count) more records in it are broken; the list of inputs names them.",
        ar: "فيه \(count) من السجلات التالفة الأخرى، وتذكرها قائمة المدخلات."))
  }

  static func tooDeep(_ path: String, limit: Int) -> Problem {
    Problem(
      .limitReached, path: path,
      message: LocalizedText(
        en:
          "It lies in more than \(limit) containers, so it was not opened. Unpack it and audit what it holds.",
        ar: "يقع داخل أكثر من \(limit) حاويات متداخلة، لذلك لم يُفتح. فك ضغطه ودقق محتواه."))
  }

  /// A rule that finds more in a document than is listed. Nothing was left unread, so that the audit is complete.
  static func unlisted(_ findings: UnlistedFindings) -> Problem {
    Problem(
      .limitReached, path: findings.path,
      message: LocalizedText(
        en:
          "The rule '\(findings.rule)' finds more here than is listed: \(findings.listed) findings are listed, "
          + "the first ones, and \(findings.count) more are counted only. To list them, raise the limit 'findings' (--limit).",
        ar: "وجدت القاعدة '\(findings.rule)' هنا أكثر مما يُسرد: سُردت أول \(findings.listed) نتيجة، "
          + "وعُدّت \(findings.count) أخرى دون سردها. لسردها ارفع الحد 'findings' بالخيار --limit."),
      leavesGap: false)
  }

  static func tooManyMembers(_ path: String, limit: Int) -> Problem {
    Problem(
      .limitReached, path: path,
      message: LocalizedText(
        en: "Only its first \(limit) members were examined. Unpack it and audit the directory.",
        ar: "فُحصت أول \(limit) عنصر منه فقط. فك ضغطه ودقق المجلد."))
  }

  static func encrypted(_ path: String) -> Problem {
    Problem(
      .unreadable, path: path,
      message: LocalizedText(
        en: "It is encrypted, so it was not examined. Decrypt it and run the audit again.",
        ar: "هو مشفر، لذلك لم يُفحص. فك تشفيره ثم أعد التدقيق."))
  }

  /// Pictures, sounds, fonts and the like inside a document or a web archive, by what they are.
  static func unreadMembers(_ path: String, _ counts: [(what: LocalizedText, count: Int)]) -> Problem {
    Problem(
      .unsupportedFormat, path: path,
      message: LocalizedText(
        en: "Members that hold no text that can be read were not examined: "
          + counts.map { "\($0.what.en) (\($0.count))" }.joined(separator: ", ") + ".",
        ar: "لم تُفحص عناصر لا نص مقروء فيها: "
          + counts.map { "\($0.what.ar) (\($0.count))" }.joined(separator: "، ") + "."))
  }

  static func pdfNotRead(_ path: String, isMissing: Bool) -> Problem {
    Problem(
      .unsupportedFormat, path: path,
      message: isMissing
        ? LocalizedText(
          en: "PDF documents are read with pdftotext, which is not installed, so nothing in it was examined. "
            + "Install poppler-utils (apt) or poppler (brew) and run the audit again.",
          ar:
            "تُقرأ مستندات PDF بالأداة pdftotext وهي غير مثبتة، فلم يُفحص شيء منه. ثبّت poppler-utils ثم أعد التدقيق."
        )
        : LocalizedText(
          en: "pdftotext could not read this PDF document, so nothing in it was examined.",
          ar: "لم تستطع الأداة pdftotext قراءة هذا المستند، فلم يُفحص شيء منه."))
  }

  static func notUTF8InWindows(_ path: String) -> Problem {
    Problem(
      .limitReached, path: path,
      message: LocalizedText(
        en:
          "It is too large to be read at once and not in UTF-8, so it was not examined. Convert it to UTF-8.",
        ar: "حجمه أكبر من أن يُقرأ دفعة واحدة وليس بترميز UTF-8، لذلك لم يُفحص. حوّله إلى UTF-8."))
  }
}
