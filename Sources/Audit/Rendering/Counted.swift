/// Sentences with a number in them. Arabic forms: zero, one, two, few, many, other.
package enum Counted: CaseIterable, Sendable {
  case findings, documents, inDocuments, inputs, rules, words, places, risks
  case incomplete, complete, leadVeryHigh, leadHigh, leadMedium, leadLow
  case mentioned, silentRules, morePlaces, moreInputs, moreDocuments, notScored, withheld, unreadStep
  case controls, unreadListed, moreRules, claims, moreClaims, outside, setAside, unlisted

  package func words(_ count: Int) -> Words { forms.words(count) }

  package var forms: CountedWords {
    switch self {
    case .findings:
      CountedWords(
        "{n} finding", "{n} findings",
        ["لا نتائج", "نتيجة واحدة", "نتيجتان", "{n} نتائج", "{n} نتيجة", "{n} نتيجة"])
    case .claims:
      CountedWords(
        "{n} claim to check", "{n} claims to check",
        [
          "لا ادعاءات للتحقق", "ادعاء واحد للتحقق", "ادعاءان للتحقق", "{n} ادعاءات للتحقق",
          "{n} ادعاءً للتحقق",
          "{n} ادعاء للتحقق",
        ])
    case .moreClaims:
      CountedWords(
        "{n} more claim stands in the JSON Lines and CSV files.",
        "{n} more claims stand in the JSON Lines and CSV files.",
        [
          "", "وفي ملفي JSON Lines وCSV ادعاء آخر.", "وفي ملفي JSON Lines وCSV ادعاءان آخران.",
          "وفي ملفي JSON Lines وCSV {n} ادعاءات أخرى.", "وفي ملفي JSON Lines وCSV {n} ادعاءً آخر.",
          "وفي ملفي JSON Lines وCSV {n} ادعاء آخر.",
        ])
    case .documents:
      CountedWords(
        "{n} document", "{n} documents",
        ["لا مستندات", "مستند واحد", "مستندان", "{n} مستندات", "{n} مستندًا", "{n} مستند"])
    case .inDocuments:
      CountedWords(
        "in {n} document", "in {n} documents",
        [
          "في لا مستند", "في مستند واحد", "في مستندين", "في {n} مستندات", "في {n} مستندًا", "في {n} مستند",
        ])
    case .inputs:
      CountedWords(
        "{n} input", "{n} inputs",
        ["لا مدخلات", "مدخل واحد", "مدخلان", "{n} مدخلات", "{n} مدخلًا", "{n} مدخل"])
    case .rules:
      CountedWords(
        "{n} rule", "{n} rules",
        ["لا قواعد", "قاعدة واحدة", "قاعدتان", "{n} قواعد", "{n} قاعدة", "{n} قاعدة"])
    case .words:
      CountedWords(
        "{n} word", "{n} words",
        ["لا كلمات", "كلمة واحدة", "كلمتان", "{n} كلمات", "{n} كلمة", "{n} كلمة"])
    case .places:
      CountedWords(
        "{n} place", "{n} places",
        ["لا مواضع", "موضع واحد", "موضعان", "{n} مواضع", "{n} موضعًا", "{n} موضع"])
    case .risks:
      CountedWords(
        "{n} risk", "{n} risks",
        ["لا مخاطر", "خطر واحد", "خطران", "{n} مخاطر", "{n} خطرًا", "{n} خطر"])
    case .controls:
      CountedWords(
        "{n} provision that may be relevant", "{n} provisions that may be relevant",
        [
          "لا أحكام قد تكون ذات صلة", "حكم واحد قد يكون ذا صلة", "حكمان قد يكونان ذوي صلة",
          "{n} أحكام قد تكون ذات صلة", "{n} حكمًا قد يكون ذا صلة", "{n} حكم قد يكون ذا صلة",
        ])
    case .setAside:
      CountedWords(
        "{n} finding was set aside before (suppressed, or in the baseline) and is counted nowhere else.",
        "{n} findings were set aside before (suppressed, or in the baseline) and are counted nowhere else.",
        [
          "", "وُضعت جانبًا من قبل نتيجة واحدة (مستثناة أو في القائمة المرجعية)، ولا تُحسب في غير ذلك.",
          "وُضعت جانبًا من قبل نتيجتان (مستثناتان أو في القائمة المرجعية)، ولا تُحسبان في غير ذلك.",
          "وُضعت جانبًا من قبل {n} نتائج (مستثناة أو في القائمة المرجعية)، ولا تُحسب في غير ذلك.",
          "وُضعت جانبًا من قبل {n} نتيجة (مستثناة أو في القائمة المرجعية)، ولا تُحسب في غير ذلك.",
          "وُضعت جانبًا من قبل {n} نتيجة (مستثناة أو في القائمة المرجعية)، ولا تُحسب في غير ذلك.",
        ])
    case .unlisted:
      CountedWords(
        "{n} more finding is counted, not listed: one rule finds too many in one input.",
        "{n} more findings are counted, not listed: one rule finds too many in one input.",
        [
          "", "عُدّت نتيجة أخرى دون سردها، لأن قاعدة واحدة وجدت الكثير في مدخل واحد.",
          "عُدّت نتيجتان أخريان دون سردهما، لأن قاعدة واحدة وجدت الكثير في مدخل واحد.",
          "عُدّت {n} نتائج أخرى دون سردها، لأن قاعدة واحدة وجدت الكثير في مدخل واحد.",
          "عُدّت {n} نتيجة أخرى دون سردها، لأن قاعدة واحدة وجدت الكثير في مدخل واحد.",
          "عُدّت {n} نتيجة أخرى دون سردها، لأن قاعدة واحدة وجدت الكثير في مدخل واحد.",
        ])
    case .outside:
      CountedWords(
        "{n} provision that the profile speaks against, with the reason",
        "{n} provisions that the profile speaks against, with the reason",
        [
          "لا أحكام تستبعدها بيانات الجهة", "حكم واحد تستبعده بيانات الجهة، مع السبب",
          "حكمان تستبعدهما بيانات الجهة، مع السبب",
          "{n} أحكام تستبعدها بيانات الجهة، مع السبب", "{n} حكمًا تستبعدها بيانات الجهة، مع السبب",
          "{n} حكم تستبعدها بيانات الجهة، مع السبب",
        ])
    case .incomplete:
      CountedWords(
        "Incomplete: {n} input was not fully examined.", "Incomplete: {n} inputs were not fully examined.",
        [
          "غير مكتمل: لم يُفحص بعض المحتوى فحصًا كاملًا.", "غير مكتمل: مدخل واحد لم يُفحص فحصًا كاملًا.",
          "غير مكتمل: مدخلان لم يُفحصا فحصًا كاملًا.", "غير مكتمل: {n} مدخلات لم تُفحص فحصًا كاملًا.",
          "غير مكتمل: {n} مدخلًا لم تُفحص فحصًا كاملًا.", "غير مكتمل: {n} مدخل لم تُفحص فحصًا كاملًا.",
        ])
    case .complete:
      CountedWords(
        "The only input was fully examined.", "All {n} inputs were fully examined.",
        [
          "لم يكن هناك ما يُفحص.", "فُحص المدخل الوحيد فحصًا كاملًا.", "فُحص المدخلان فحصًا كاملًا.",
          "فُحصت المدخلات كلها ({n}) فحصًا كاملًا.", "فُحصت المدخلات كلها ({n}) فحصًا كاملًا.",
          "فُحصت المدخلات كلها ({n}) فحصًا كاملًا.",
        ])
    case .leadVeryHigh:
      CountedWords(
        "One risk should be held, reviewed and taken to a specialist before anything here is published.",
        "{n} risks should be held, reviewed and taken to a specialist before anything here is published.",
        [
          "", "يستدعي خطر واحد إيقاف النشر مؤقتًا والمراجعة واستشارة مختص قبل نشر أي شيء من هذا المحتوى.",
          "يستدعي خطران إيقاف النشر مؤقتًا والمراجعة واستشارة مختص قبل نشر أي شيء من هذا المحتوى.",
          "تستدعي {n} مخاطر إيقاف النشر مؤقتًا والمراجعة واستشارة مختص قبل نشر أي شيء من هذا المحتوى.",
          "يستدعي {n} خطرًا إيقاف النشر مؤقتًا والمراجعة واستشارة مختص قبل نشر أي شيء من هذا المحتوى.",
          "يستدعي {n} خطر إيقاف النشر مؤقتًا والمراجعة واستشارة مختص قبل نشر أي شيء من هذا المحتوى.",
        ])
    case .leadHigh:
      CountedWords(
        "One risk should be held and reviewed first.", "{n} risks should be held and reviewed first.",
        [
          "", "يستدعي خطر واحد إيقاف النشر مؤقتًا والمراجعة أولًا.",
          "يستدعي خطران إيقاف النشر مؤقتًا والمراجعة أولًا.",
          "تستدعي {n} مخاطر إيقاف النشر مؤقتًا والمراجعة أولًا.",
          "يستدعي {n} خطرًا إيقاف النشر مؤقتًا والمراجعة أولًا.",
          "يستدعي {n} خطر إيقاف النشر مؤقتًا والمراجعة أولًا.",
        ])
    case .leadMedium:
      CountedWords(
        "One risk calls for review before publishing.", "{n} risks call for review before publishing.",
        [
          "", "يستدعي خطر واحد المراجعة قبل النشر.", "يستدعي خطران المراجعة قبل النشر.",
          "تستدعي {n} مخاطر المراجعة قبل النشر.", "يستدعي {n} خطرًا المراجعة قبل النشر.",
          "يستدعي {n} خطر المراجعة قبل النشر.",
        ])
    case .leadLow:
      CountedWords(
        "One risk can be reviewed when convenient.", "{n} risks can be reviewed when convenient.",
        [
          "", "يمكن مراجعة خطر واحد متى تيسّر ذلك.", "يمكن مراجعة خطرين متى تيسّر ذلك.",
          "يمكن مراجعة {n} مخاطر متى تيسّر ذلك.", "يمكن مراجعة {n} خطرًا متى تيسّر ذلك.",
          "يمكن مراجعة {n} خطر متى تيسّر ذلك.",
        ])
    case .mentioned:
      CountedWords(
        "mentioned in {n} document; likelihood not scored",
        "mentioned in {n} documents; likelihood not scored",
        [
          "لا ذكر له", "مذكور في مستند واحد؛ لم يُقدَّر الاحتمال", "مذكور في مستندين؛ لم يُقدَّر الاحتمال",
          "مذكور في {n} مستندات؛ لم يُقدَّر الاحتمال", "مذكور في {n} مستندًا؛ لم يُقدَّر الاحتمال",
          "مذكور في {n} مستند؛ لم يُقدَّر الاحتمال",
        ])
    case .notScored:
      CountedWords(
        "{n} risk without scored evidence", "{n} risks without scored evidence",
        [
          "لا مخاطر بلا أدلة مقدَّرة", "خطر واحد بلا أدلة مقدَّرة", "خطران بلا أدلة مقدَّرة",
          "{n} مخاطر بلا أدلة مقدَّرة",
          "{n} خطرًا بلا أدلة مقدَّرة", "{n} خطر بلا أدلة مقدَّرة",
        ])
    case .silentRules:
      CountedWords(
        "{n} more rule ran and matched nothing", "{n} more rules ran and matched nothing",
        [
          "لم تُطبَّق قواعد أخرى", "طُبِّقت قاعدة أخرى ولم ترصد شيئًا", "طُبِّقت قاعدتان أخريان ولم ترصدا شيئًا",
          "طُبِّقت {n} قواعد أخرى ولم ترصد شيئًا", "طُبِّقت {n} قاعدة أخرى ولم ترصد شيئًا",
          "طُبِّقت {n} قاعدة أخرى ولم ترصد شيئًا",
        ])
    case .morePlaces:
      CountedWords(
        "and {n} more place", "and {n} more places",
        [
          "ولا مواضع أخرى", "وموضع واحد آخر", "وموضعان آخران", "و{n} مواضع أخرى", "و{n} موضعًا آخر",
          "و{n} موضع آخر",
        ])
    case .moreInputs:
      CountedWords(
        "and {n} more input, in the JSON Lines report", "and {n} more inputs, in the JSON Lines report",
        [
          "ولا مدخلات أخرى", "ومدخل واحد آخر، في تقرير JSON Lines", "ومدخلان آخران، في تقرير JSON Lines",
          "و{n} مدخلات أخرى، في تقرير JSON Lines", "و{n} مدخلًا آخر، في تقرير JSON Lines",
          "و{n} مدخل آخر، في تقرير JSON Lines",
        ])
    case .moreDocuments:
      CountedWords(
        "{n} more document with findings is not shown in context; its findings are in the table above.",
        "{n} more documents with findings are not shown in context; their findings are in the table above.",
        [
          "", "مستند آخر فيه نتائج لا يُعرض هنا في سياقه، ونتائجه في الجدول أعلاه.",
          "مستندان آخران فيهما نتائج لا يُعرضان هنا في سياقهما، ونتائجهما في الجدول أعلاه.",
          "{n} مستندات أخرى فيها نتائج لا تُعرض هنا في سياقها، ونتائجها في الجدول أعلاه.",
          "{n} مستندًا آخر فيها نتائج لا تُعرض هنا في سياقها، ونتائجها في الجدول أعلاه.",
          "{n} مستند آخر فيها نتائج لا تُعرض هنا في سياقها، ونتائجها في الجدول أعلاه.",
        ])
    case .withheld:
      CountedWords(
        "{n} speech-law notice is withheld; such notices are off unless asked for.",
        "{n} speech-law notices are withheld; such notices are off unless asked for.",
        [
          "لا تنبيهات محجوبة.", "حُجب تنبيه واحد من تنبيهات قوانين النشر، فهي معطّلة ما لم تُطلب.",
          "حُجب تنبيهان من تنبيهات قوانين النشر، فهي معطّلة ما لم تُطلب.",
          "حُجبت {n} تنبيهات من تنبيهات قوانين النشر، فهي معطّلة ما لم تُطلب.",
          "حُجب {n} تنبيهًا من تنبيهات قوانين النشر، فهي معطّلة ما لم تُطلب.",
          "حُجب {n} تنبيه من تنبيهات قوانين النشر، فهي معطّلة ما لم تُطلب.",
        ])
    case .unreadStep:
      CountedWords(
        "Supply the unread input in full and run the audit again.",
        "Supply the {n} unread inputs in full and run the audit again.",
        [
          "وفّر ما لم يُقرأ كاملًا وأعد التدقيق.", "وفّر المدخل الذي لم يُقرأ كاملًا وأعد التدقيق.",
          "وفّر المدخلين اللذين لم يُقرآ كاملين وأعد التدقيق.",
          "وفّر المدخلات التي لم تُقرأ كاملة ({n}) وأعد التدقيق.",
          "وفّر المدخلات التي لم تُقرأ كاملة ({n}) وأعد التدقيق.",
          "وفّر المدخلات التي لم تُقرأ كاملة ({n}) وأعد التدقيق.",
        ])
    case .unreadListed:
      CountedWords(
        "{n} not fully examined (listed)", "{n} not fully examined (listed)",
        [
          "", "واحد لم يُفحص كاملًا (مذكور أدناه)", "اثنان لم يُفحصا كاملين (مذكوران أدناه)",
          "{n} لم تُفحص كاملة (مذكورة أدناه)", "{n} لم تُفحص كاملة (مذكورة أدناه)",
          "{n} لم تُفحص كاملة (مذكورة أدناه)",
        ])
    case .moreRules:
      CountedWords(
        "and {n} more rule with findings", "and {n} more rules with findings",
        [
          "", "وقاعدة أخرى لها نتائج", "وقاعدتان أخريان لهما نتائج", "و{n} قواعد أخرى لها نتائج",
          "و{n} قاعدة أخرى لها نتائج",
          "و{n} قاعدة أخرى لها نتائج",
        ])
    }
  }
}
