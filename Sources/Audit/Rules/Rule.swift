package import AuditCore

/// One rule, as loaded: what it looks for, where, under which conditions, and the words it speaks.
///
/// The form in YAML: `rules/README.md`. Every index into `matchers` was checked at loading.
package struct Rule: Sendable {
  package let card: RuleCard
  /// Where the rule was read: "rules/privacy/email.yaml:3:7".
  package let place: SourcePlace
  /// Languages of segments on which it runs; empty for all. "und" segments are always included.
  package let languages: [Language]
  package let applies: Applicability
  package let scope: Scope
  /// Named parts, or the one `match` under the name "match".
  package let matchers: [Matcher]
  /// nil: every match of `matchers[report]` is a finding.
  package let condition: Condition?
  /// The matcher whose matches are reported.
  package let report: Int
  /// Without `report:` and `all`: the parts of which the first that is there is reported, in their order; else empty.
  package var reportChoices: [Int] = []
  package private(set) var near: [Near]
  package let exceptions: [Exception]
  package let redaction: Redaction
  /// `counts:` each finding of the rule adds one to this metric of its document.
  package let counts: Metric?
  /// `silent: true`: the rule only counts; its findings are not reported.
  package let isSilent: Bool
  package let examples: [RuleExample]
  package var notes = RuleNotes()

  /// The rule without the demands that `alone: low` makes liftable.
  fileprivate var lifted: Rule {
    guard near.contains(where: { $0.isLiftable && $0.isRequired }) else { return self }
    var rule = self
    rule.near = near.map { $0.isLiftable ? $0.lifted : $0 }
    return rule
  }
}

/// What a rule says about itself besides its card: for `explain`, documentation and suppressions of renamed rules.
package struct RuleNotes: Hashable, Sendable {
  package var version: String?
  /// Former ids; a suppression of one of them holds for this rule.
  package var replaces: [String] = []
  package var references: [String] = []
  package var falsePositives: [LocalizedText] = []
  package var authors: [String] = []
  package var license: String?
  /// `weight:`, a factor for scoring; nil for the default of its severity.
  package var weight: Double?
  /// `deprecated:` why it should not be used any more, and what instead.
  package var deprecated = LocalizedText([:])
  /// Keys of the rule that begin with `x-`.
  package var freeKeys: [String] = []
  package init() {}
}

/// `file:line:column` of something in a rule pack. Lines and columns count from 1.
package struct SourcePlace: Hashable, Sendable, CustomStringConvertible {
  package let file: String
  package let line: Int
  package let column: Int
  package init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }
  package var description: String { "\(file):\(line):\(column)" }
}

/// `applies:` restricts a rule to formats and paths (glob patterns, as in `.gitignore`).
package struct Applicability: Hashable, Sendable {
  package var formats: [Format] = []
  package var paths: [String] = []
  package var notPaths: [String] = []
  /// Regular expressions, searched anywhere in the path; one of them must be there.
  package var pathPatterns: [String] = []
  /// Regular expressions, searched anywhere in the path; none of them may be there.
  package var notPathPatterns: [String] = []
  package init() {}
}

/// Which runs of a document a rule or a part reads.
///
/// In YAML: `text headline heading body paragraph quote caption link-text attribute alt hidden metadata url code
/// comment raw`. The default is headline + body (every visible text except code).
package struct Scope: OptionSet, Hashable, Sendable {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The title of the document.
  package static let headline = Scope(rawValue: 1 << 0)
  /// Headings inside the document.
  package static let heading = Scope(rawValue: 1 << 1)
  /// Paragraphs, list items, table cells, quotes, captions, link text. `paragraph` in YAML is the same.
  package static let body = Scope(rawValue: 1 << 2)
  package static let quote = Scope(rawValue: 1 << 3)
  package static let caption = Scope(rawValue: 1 << 4)
  package static let linkText = Scope(rawValue: 1 << 5)
  package static let code = Scope(rawValue: 1 << 6)
  package static let attribute = Scope(rawValue: 1 << 7)
  package static let alt = Scope(rawValue: 1 << 8)
  /// Text that a reader does not see: hidden by style or attribute, template, noscript; form values.
  package static let hidden = Scope(rawValue: 1 << 9)
  /// Title and meta elements, JSON-LD, front matter.
  package static let metadata = Scope(rawValue: 1 << 10)
  package static let url = Scope(rawValue: 1 << 11)
  package static let comment = Scope(rawValue: 1 << 12)
  package static let script = Scope(rawValue: 1 << 13)
  /// The whole document as it is written, in one piece: for patterns that cross lines, and for imported rules. Not
  /// part of `raw`, which reads the same bytes channel by channel.
  package static let source = Scope(rawValue: 1 << 14)

  /// Everything that a reader reads: headline, headings, body, code.
  package static let text: Scope = [.headline, .heading, .body, .code]
  /// The default of a rule.
  package static let standard: Scope = [.headline, .heading, .body]
  /// What only machines read.
  package static let machine: Scope = [.url, .script]
  /// Every channel.
  package static let raw: Scope = [
    .headline, .heading, .body, .quote, .caption, .linkText, .code, .attribute, .alt, .hidden, .metadata,
    .url,
    .comment, .script,
  ]

  /// Every scope that there is.
  package static let every: Scope = raw.union(.source)

  /// The scopes that a segment belongs to; a rule reads the segment when the two share one.
  package static func of(role: Role, channel: Channel, visibility: Visibility) -> Scope {
    switch channel {
    case .attribute: return .attribute
    case .alt: return .alt
    case .comment: return .comment
    case .script, .style: return .script
    case .jsonLD, .metadata: return role == .headline ? [.metadata, .headline] : .metadata
    case .url: return .url
    case .formValue, .template, .noscript: return .hidden
    case .source: return .source
    case .text: break
    }
    if visibility == .hidden { return .hidden }
    switch role {
    case .headline: return .headline
    case .heading: return .heading
    case .body, .listItem, .table: return .body
    case .quote: return [.body, .quote]
    case .caption: return [.body, .caption]
    case .linkText: return [.body, .linkText]
    case .code: return .code
    }
  }
}

/// One thing to look for.
package struct Matcher: Sendable {
  package let name: String
  package let place: SourcePlace
  package let kind: Kind
  /// Overrides the rule's scope.
  package let scope: Scope?
  /// How near to the reported match it must stand, as a part of `when`; nil: anywhere in the document.
  package let within: Within?
  /// Restricts this matcher to segments of these languages; empty for the rule's.
  package let languages: [Language]
  /// `duplicate:` what is asked of the near duplicates of a document; the kind is a `builtin` then.
  package var duplicate: DuplicateTest?

  /// It measures a document and stands at no place of it.
  var isMeasure: Bool {
    switch kind {
    case .metric, .path: true
    default: false
    }
  }

  package enum Kind: Sendable {
    case phrases([Phrase])
    case lexicon([Phrase], minimumWeight: Double, within: Within)
    case pattern(Pattern)
    case css(String)
    case xpath(String)
    case metric(MetricTest)
    case builtin(Builtin)
    /// A regular expression on the path of the document; the finding is about the document.
    case path(String)
    case capitalization(Capitalization)
    case scored(ScoreTest)
  }

  /// Checks that no pattern can express, on the bytes that the views leave out. Names in YAML as in `rawValue`.
  package enum Builtin: String, Hashable, Sendable, CaseIterable {
    /// A bidi override or embedding that changes the order of letters inside a word or a number.
    case bidiOverride = "bidi-override"
    /// An isolate, embedding or override that is not closed within its run.
    case bidiUnbalanced = "bidi-unbalanced"
    /// One word with letters of two look-alike scripts (Latin with Cyrillic or Greek).
    case homoglyphWord = "homoglyph-word"
    /// Tag characters, U+E0020...U+E007F, outside a flag emoji.
    case tagCharacters = "tag-characters"
    /// A zero-width character inside a word of a script that does not use them, or three or more in a row.
    case invisibleRun = "invisible-run"
    /// More than eight variation selectors in a row.
    case variationSelectorRun = "variation-selector-run"

    // References (Checks/CitationCheck.swift, ReferenceMarkers.swift).
    /// A DOI of impossible form: its registrant, the form that its registrant gives out, an ISBN inside it.
    case doiForm = "doi-form"
    /// A DOI or link that stands for one to be filled in.
    case citationPlaceholder = "citation-placeholder"
    case arXivForm = "arxiv-form"
    case isbnCheckDigit = "isbn-check-digit"
    case issnCheckDigit = "issn-check-digit"
    case orcidCheckDigit = "orcid-check-digit"
    case pubMedRange = "pmid-range"
    /// A cited work of a year after the one of this release.
    case citationFutureYear = "citation-future-year"
    /// The year inside an identifier is not the year of the reference.
    case citationYearConflict = "citation-year-conflict"
    /// The venue inside an identifier is not the venue of the reference.
    case citationVenueConflict = "citation-venue-conflict"
    /// A venue that did not take place in the year of the reference.
    case citationVenueYear = "citation-venue-year"
    /// A preprint three years or more before the conference that it is said to be from.
    case citationPreprintGap = "citation-preprint-gap"
    /// One identifier with two titles in a document.
    case identifierTwoTitles = "identifier-two-titles"
    /// "[7]" in a document whose list has no entry 7.
    case citationMarkerDangling = "citation-marker-dangling"
    /// Two entries of a list with one number.
    case citationEntryRepeated = "citation-entry-repeated"

    // Numbers and dates (Checks/NumberChecks.swift).
    /// Parts that do not add up to the total beside them.
    case sumMismatch = "sum-mismatch"
    /// Shares of one whole that do not add up to a hundred.
    case shareSum = "share-sum"
    /// "half (70%)".
    case fractionMismatch = "fraction-mismatch"
    /// "45 of 60 (80%)".
    case ratioMismatch = "ratio-mismatch"
    /// "120% of voters".
    case percentOfGroup = "percent-of-group"
    /// "from 200 to 250, up 40%"; "doubled from 10 to 15".
    case changeMismatch = "change-mismatch"
    /// "rose from 20 to 10".
    case changeDirection = "change-direction"
    /// "5 million (5,000,000,000)"; "100 km (90 miles)".
    case magnitudeMismatch = "magnitude-mismatch"
    case weekdayMismatch = "weekday-mismatch"
    /// A Hijri and a Gregorian day that are given as one.
    case hijriMismatch = "hijri-mismatch"
    case hijriYearMismatch = "hijri-year-mismatch"
    /// 29 February of a year that has none.
    case leapDay = "leap-day"
    /// One thing counted twice in a document, with two results.
    case quantityTwoValues = "quantity-two-values"

    // Headline and titles (Checks/HeadlineCheck.swift).
    /// Hardly a word of the headline in the body.
    case headlineMismatch = "headline-mismatch"
    /// The share of the headline's words that the body holds; holds for every document with both. For measurements.
    case headlineShare = "headline-share"
    /// A number of the headline that the body gives otherwise.
    case headlineNumber = "headline-number"
    /// "will" in the headline, "may" in the body, of the same verb.
    case headlineOverstates = "headline-overstates"
    /// The title for machines (`og:title`, JSON-LD) against the one that readers see.
    case titlesDisagree = "titles-disagree"

    /// A question or task where readers do not see it, about nothing that the page is about.
    case hiddenTask = "hidden-task"

    // Noticed by the reader (Reading/HTMLReading+Evasions.swift): text that some programs see and others do not.
    case abruptComment = "abrupt-comment"
    case nulCharacter = "nul-character"
    case scriptEscape = "script-escape"
    case contradictedEncoding = "contradicted-encoding"

    // Decided by comparing the documents of a directory (Checks/DirectoryChecks.swift).
    case nearDuplicate = "near-duplicate"
    /// A near duplicate under another byline or date.
    case sameTextOtherByline = "same-text-other-byline"
    /// One thing counted in two documents, with two results.
    case contradictingNumbers = "contradicting-numbers"
    case identifierTwoTitlesAcross = "identifier-two-titles-across"
    /// One impossible identifier in three documents or more.
    case repeatedReference = "repeated-phantom-reference"
    /// Three documents or more on one skeleton: each shares much with another, none is a copy.
    case templatedSeries = "templated-series"
    /// Two pages that cite each other and nobody else.
    case circularCitation = "circular-citation"
  }
}

/// `duplicate:` how alike the documents of a directory must be, and how many.
package struct DuplicateTest: Hashable, Sendable {
  /// Percent of common word triples, 40...100.
  package let similarity: Int
  /// The document itself counts.
  package let minimumDocuments: Int

  package static let similarities = 40...100
  package static let documents = 2...1000

  package init(similarity: Int, minimumDocuments: Int) {
    self.similarity = similarity
    self.minimumDocuments = minimumDocuments
  }
}

/// Words to be found in the `folded` view, at word boundaries.
package struct Phrase: Hashable, Sendable {
  /// As written in the rule; folded by the compiler of the rule.
  package let text: String
  /// Weight in a lexicon; 1 in a plain list.
  package let weight: Double
  /// Arabic proclitics and suffix pronouns are accepted on every word. When false, an Arabic phrase still takes a
  /// leading و or ف.
  package let allowsClitics: Bool
  /// Restricts a lexicon term to segments of these languages; empty for the matcher's.
  package let languages: [Language]
  package let place: SourcePlace
  package init(
    text: String, weight: Double = 1, allowsClitics: Bool = false, languages: [Language] = [],
    place: SourcePlace
  ) {
    self.text = text
    self.weight = weight
    self.allowsClitics = allowsClitics
    self.languages = languages
    self.place = place
  }
}

/// A PCRE2 regular expression with what makes it precise and fast. Reads the `text` view.
package struct Pattern: Sendable {
  package let regex: String
  package let place: SourcePlace
  /// `fold: text`: reads the `folded` view.
  package let readsFolded: Bool
  /// `case: insensitive`.
  package let ignoresCase: Bool
  /// The segment must hold one of these (case-insensitively); empty for no such demand.
  package let keywords: [String]
  /// What every match is known to contain; found from the pattern itself when nil.
  package let anchor: Anchor?
  /// Names of validators (see `Validators`); the match must not be rejected by any.
  package let validators: [String]
  /// Shannon entropy in bits per character that the group must reach; 0 for no such demand.
  package let minimumEntropy: Double
  /// The group that is the finding; 0 for the whole match.
  package let group: Int
  package var more = PatternDetails()
  /// PCRE2 compiles it: it was tried.
  package var isProven = false
}

/// Something that can be found faster than the pattern and without which it cannot match.
package enum Anchor: Hashable, Sendable {
  case digits(DigitAnchor)
  /// One of these literals (case-insensitive), at most so many characters after the start of the match; nil: anywhere
  /// in it.
  case literals([String], before: Int?)
  /// Every match begins with one of these words, in this case; no letter or digit follows the word.
  case words([String])
}

/// A cluster of digits, joined by at most three separators at a time (space - . / ( ) : , + _ and dashes).
package struct DigitAnchor: Hashable, Sendable {
  /// Digits that the cluster has at least.
  package let digits: Int
  /// Full stops between two digits that it has at least.
  package let dots: Int
  /// Characters that a match begins ahead of its cluster, at most.
  package let before: Int
  /// Characters into the cluster at which a match begins, at most; nil: anywhere in it.
  package let after: Int?
  /// ASCII letters that stand right before the cluster, exactly; 0 for no such demand.
  package let letters: Int

  package static let defaultBefore = 32

  package init(
    digits: Int, dots: Int = 0, before: Int = Self.defaultBefore, after: Int? = nil, letters: Int = 0
  ) {
    self.digits = digits
    self.dots = dots
    self.before = before
    self.after = after
    self.letters = letters
  }
}

/// `metric:` with its bounds; a metric is a number that the reader or the segmenter counts for a document.
package struct MetricTest: Hashable, Sendable {
  package let metric: Metric
  package let above: Double?
  package let below: Double?
  package let minimumWords: Int
}

/// Numbers that are known of a whole document. Names in YAML as in `rawValue`.
package enum Metric: String, Hashable, Sendable, CaseIterable {
  case words
  case authors
  case publicationDates = "publication_dates"
  case outboundLinks = "outbound_links"
  /// 1 when the document has a headline.
  case headlines
  /// Quoted or cited persons, organisations with a reporting verb, institutions, bylines.
  case namedSources = "named_sources"
  /// Numbers with a unit, a percent sign or a magnitude that have no source in their sentence or its neighbours.
  case unsourcedNumbers = "unsourced_numbers"
  case exclamationsPer100Words = "exclamations_per_100_words"
  case questionsPer100Words = "questions_per_100_words"
  case capitalsShare = "capitals_share"
  case averageSentenceWords = "average_sentence_words"
}

package indirect enum Within: Hashable, Sendable {
  case sentence, paragraph, section, document
  case characters(Int), words(Int), lines(Int)
}

/// `when:` over the parts of a rule; indices into `Rule.matchers`.
package struct Condition: Hashable, Sendable {
  package var all: [Int] = []
  package var any: [Int] = []
  package var none: [Int] = []
  /// At least `count` of `of`.
  package var atLeast: AtLeast?

  package struct AtLeast: Hashable, Sendable {
    package let count: Int
    package let of: [Int]
    package init(count: Int, of: [Int]) {
      self.count = count
      self.of = of
    }
  }
  package init() {}
}

/// `near:` moves the confidence, or is required.
package struct Near: Sendable {
  package let matcher: Int
  package let within: Within
  /// Steps of confidence when it is there.
  package let confidence: Int
  /// Steps of severity when it is there.
  package let severity: Int
  /// True: without it there is no finding.
  package let isRequired: Bool
  /// `alone: low`: a run with `--min-confidence low` keeps what stands without it, at the lowest confidence.
  package var isLiftable = false

  /// The same, no longer required.
  fileprivate var lifted: Near {
    Near(
      matcher: matcher, within: within, confidence: confidence, severity: severity, isRequired: false,
      isLiftable: true)
  }
}

/// `except:` removes a match when its matcher stands within reach.
package struct Exception: Sendable {
  package let matcher: Int
  package let within: Within
}

package struct Redaction: Hashable, Sendable {
  /// False for rules whose matches hold no personal data: the words are shown.
  package let masks: Bool
  package let keepFirst: Int
  package let keepLast: Int
  package init(masks: Bool, keepFirst: Int = 0, keepLast: Int = 0) {
    self.masks = masks
    self.keepFirst = keepFirst
    self.keepLast = keepLast
  }
}

/// One example of a rule file: a text in which the rule must, or must not, fire.
package struct RuleExample: Hashable, Sendable {
  package enum Expectation: Hashable, Sendable { case match, noMatch, todoMatch, todoNoMatch }
  package let expectation: Expectation
  /// Without the marks.
  package let text: String
  /// What `⟦ ⟧` enclosed, as code point ranges of `text`; empty when the example has no marks.
  package let marked: [Range<Int>]
  package let format: Format
  package let language: String?
  package let path: String?
  package let place: SourcePlace
}

/// A pack as loaded: the rules of one directory with its `pack.yaml`.
package struct RulePack: Sendable {
  package let stamp: Report.PackStamp
  package let rules: [Rule]
}

/// All rules of a run, in the order of their ids.
package struct RuleSet: Sendable {
  package let packs: [Report.PackStamp]
  package let rules: [Rule]
  /// Pages of the packs' `tests/` directories.
  package let pages: [PackPage]
  package init(packs: [Report.PackStamp], rules: [Rule], pages: [PackPage] = []) {
    self.packs = packs
    self.pages = pages
    self.rules = rules.sorted { $0.card.id < $1.card.id }
  }

  /// The same rules, with every label that `alone: low` makes liftable no longer required.
  package var lifted: RuleSet {
    RuleSet(packs: packs, rules: rules.map(\.lifted))
  }
}
