internal import AuditCore

/// Who speaks in a field of a record: what a model wrote is told apart from what it was asked.
enum Speaker: String {
  /// What the model wrote.
  case output
  /// What a person asked.
  case prompt
  case system
  case tool
  /// What was expected: targets, labels, documents of a test set.
  case reference

  /// Rules may choose by region: what was asked is a user's text, what frames it is furniture.
  var region: Region {
    switch self {
    case .output: .main
    case .prompt: .userComment
    case .system, .tool, .reference: .boilerplate
    }
  }

  /// The speaker that a `role` or `from` names.
  ///
  /// Source: the message shapes of OpenAI, Anthropic, ShareGPT and LangChain.
  init?(role: String) {
    switch role {
    case "assistant", "gpt", "chatgpt", "bot", "model", "ai", "bard", "claude", "AIMessage", "bing", "answer":
      self = .output
    case "user", "human", "prompter", "HumanMessage", "question": self = .prompt
    case "system", "developer", "SystemMessage": self = .system
    case "tool", "function", "observation", "ToolMessage", "ipython": self = .tool
    default: return nil
    }
  }
}

/// What the name of a field says about its content; shared by JSON keys and table columns.
///
/// Source: the field names of the formats listed in the article "Formats": OpenAI, Anthropic, ShareGPT, Alpaca,
/// promptfoo, garak, Inspect, lm-eval, Langfuse, LangSmith, OpenTelemetry GenAI.
enum RecordField {
  case speech(Speaker)
  /// Text of no known speaker.
  case text
  case title
  /// Names, numbers and states around the text.
  case metadata
  case url
  case unknown

  init(_ name: String) {
    if let known = Self.table[name] {
      self = known
    } else {
      let lower = name.lowercased()
      self =
        Self.table[lower]
        ?? (lower.hasSuffix("_id") || lower.hasSuffix("_hash") || lower.hasSuffix("_type")
          ? .metadata : .unknown)
    }
  }

  private static let table: [String: RecordField] = {
    var table: [String: RecordField] = [:]
    func add(_ names: String, _ field: RecordField) {
      for name in names.split(separator: " ") { table[String(name)] = field }
    }
    add(
      """
      output outputs response responses completion completions answer answers generated_text generation generations \
      prediction predictions model_output model_answer resps filtered_resps choices candidates reply generated \
      output_text gen_ai.completion gen_ai.output.messages model_response llm_output chosen rejected rationale \
      reasoning explanation
      """, .speech(.output))
    add(
      """
      prompt prompts instruction input inputs question questions query arguments user_prompt vars \
      gen_ai.prompt gen_ai.input.messages user_input human_input
      """, .speech(.prompt))
    add(
      "system system_prompt system_message developer_prompt gen_ai.system_instructions instructions",
      .speech(.system))
    add(
      """
      target targets ideal reference references expected expected_output ground_truth gold label labels doc context \
      contexts
      """, .speech(.reference))
    add("tool_output tool_result function_response", .speech(.tool))
    add(
      """
      text content body message messages value description summary comment abstract article paragraph caption review \
      post tweet note notes transcript markdown thinking reasoning_content refusal raw conversations conversation turns \
      parts turn excerpt snippet
      """, .text)
    add("title headline name_of_article", .title)
    add(
      """
      id uuid model model_name model_id role from type object created created_at updated_at timestamp time date \
      finish_reason stop_reason hash sha256 entry_type status run_id trace_id span_id traceId spanId version generator \
      dataset task task_name language lang key mime_type media_type encoding kind category probe_classname detector \
      detector_name goal run uid seq index usage config _type schema digest fingerprint system_fingerprint logprobs \
      token tokens bytes
      """, .metadata)
    add("url uri link href permalink source_url image_url location canonical_url", .url)
    return table
  }()

  /// Bytes of the longest value that takes the name of its column or field as its label.
  static let longestValue = 64

  static func looksLikeProse(_ bytes: TextBytes, _ range: Range<Int>) -> Bool {
    looksLikeProse(range) { bytes[$0] }
  }

  /// Whether sentences are likely: four words of two letters and more in the first bytes. A number in groups, a plate in
  /// single letters or a name is none.
  @inline(__always)
  static func looksLikeProse(_ range: Range<Int>, byte: (Int) -> UInt8) -> Bool {
    var words = 0
    var letters = 0
    var at = range.lowerBound
    let end = min(range.upperBound, range.lowerBound + 400)
    while at < end {
      let next = byte(at)
      if next == 0x5C, at + 1 < end, byte(at + 1) == 0x75 {
        // An escape of JSON beyond ASCII: \u0645.
        letters += 1
        at += 6
      } else {
        // Letters beyond ASCII take two bytes and more.
        if next.isASCIILetter || next & 0xC0 == 0xC0 { letters += 1 } else if next < 0x80 { letters = 0 }
        at += 1
      }
      if letters == 2 {
        words += 1
        if words == 4 { return true }
        letters = 3
      }
    }
    return false
  }
}
