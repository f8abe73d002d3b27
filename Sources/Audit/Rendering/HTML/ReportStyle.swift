/// The one style of the HTML report. Fixed text: nothing of a report ever becomes part of it.
///
/// Logical properties only, so that right-to-left mirrors by itself; light and dark by `light-dark()`; severity is
/// shape, word and colour. Layout and tokens follow the design model of the project.
enum ReportStyle {
  static let css = #"""
    /* 1. Tokens. The theme radios are read by :has, so the theme works without script. */
    :root {
      color-scheme: light dark;
      --paper: light-dark(#fbfaf7, #15181b);
      --sheet: light-dark(#ffffff, #1c2024);
      --sunk: light-dark(#f3f1ec, #22272c);
      --ink: light-dark(#1b2024, #e8e6e1);
      --soft: light-dark(#535c65, #aab2ba);
      --line: light-dark(#dedad2, #363c42);
      --edge: light-dark(#7d858c, #7f8890);
      --accent: light-dark(#0b5c73, #7ccbe0);
      --tint: light-dark(#e6f0f2, #1d343c);
      --critical: light-dark(#98122b, #ff9aa5);
      --high: light-dark(#a33d06, #f6ab73);
      --medium: light-dark(#755700, #e2c562);
      --low: light-dark(#47596a, #a9bccd);
      --wash-critical: light-dark(#fae9ea, #3d2226);
      --wash-high: light-dark(#fbeee2, #3a2a1e);
      --wash-medium: light-dark(#f8f1d9, #35301c);
      --wash-low: light-dark(#edf1f4, #262d33);
      --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif;
      --serif: "Iowan Old Style", Charter, "Source Serif 4", Cambria, "Noto Serif", Georgia, ui-serif, serif;
      --mono: ui-monospace, "SF Mono", "Cascadia Mono", Consolas, "Noto Sans Mono", "DejaVu Sans Mono",
        monospace;
      --ar-sans: "SF Arabic", "Segoe UI", "Noto Sans Arabic", "IBM Plex Sans Arabic", Dubai, Tahoma,
        "Noto Sans", system-ui, sans-serif;
      --ar-serif: "Noto Naskh Arabic", "Geeza Pro", "Sakkal Majalla", Amiri, "Traditional Arabic",
        "Noto Serif", serif;
      --flip: 1;
      --running: "auditor: audit report";
      --of: " of ";
      scroll-padding-block: 1.5rem;
    }
    :root:has(#theme-light:checked) { color-scheme: light; }
    :root:has(#theme-dark:checked) { color-scheme: dark; }
    :root:lang(ar) {
      --flip: -1;
      --running: "auditor: تقرير تدقيق";
      --of: " من ";
    }
    :root.partial { --running: "auditor: audit report (INCOMPLETE)"; }
    :root.partial:lang(ar) { --running: "auditor: تقرير تدقيق (غير مكتمل)"; }
    :root:lang(en) .in-ar, :root:lang(ar) .in-en { display: none; }

    /* 2. Base */
    *, ::before, ::after { box-sizing: border-box; }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 var(--sans);
      font-variant-numeric: tabular-nums; overflow-wrap: break-word; }
    h1, h2, h3 { font-family: var(--serif); font-weight: 600; line-height: 1.25; margin: 0; text-wrap:
      balance; }
    h1 { font-size: clamp(1.75rem, 1.2rem + 2.2vw, 2.5rem); }
    h2 { font-size: 1.5rem; }
    h3 { font-size: 1.125rem; }
    p, ul, ol, dl, table, figure, pre { margin: 0; }
    ul, ol { padding-inline-start: 1.3em; }
    q { font-weight: 400; quotes: "“" "”"; } q:lang(ar) { quotes: "«" "»"; }
    time { white-space: nowrap; direction: ltr; unicode-bidi: isolate; }
    a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: .2em; }
    a:hover { text-decoration-thickness: 2px; }
    small, .small { font-size: .875rem; }
    .soft { color: var(--soft); }
    .lead { font: 1.1875rem/1.6 var(--serif); max-inline-size: 46em; }
    .measure { max-inline-size: 44em; }
    code, kbd { font: .875em/1.5 var(--mono); direction: ltr; unicode-bidi: isolate; overflow-wrap: anywhere;
      }
    kbd { border: 1px solid var(--edge); border-radius: 3px; padding-inline: .4em; }
    :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
    .vh { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%);
      white-space: nowrap; }
    .skip { position: absolute; inset-block-start: 0; inset-inline-start: 1rem; z-index: 2; padding: .6rem
      1rem; background: var(--accent); color: var(--paper); transform: translateY(-120%); }
    .skip:focus { transform: none; }
    :root:not(.js) .js-only { display: none !important; }

    /* Arabic: larger leading and a touch more size, never letter-spacing. */
    :root:lang(ar) body, [lang="ar"] { font-family: var(--ar-sans); line-height: 1.8; }
    :root:lang(ar) :is(h1, h2, h3) { font-family: var(--ar-serif); line-height: 1.5; font-weight: 700; }
    :root:lang(ar) .mask { font-family: var(--ar-sans); }
    :root:lang(ar) .lead, .text[lang="ar"], q[lang="ar"] { font-family: var(--ar-serif); font-size: 1.08em;
      line-height: 1.95; }
    :root:lang(ar) .lead { font-size: 1.25rem; }

    /* 3. Frame */
    .bar { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; align-items: center; padding: .6rem clamp(1rem,
      3vw, 2.5rem); border-block-end: 1px solid var(--line); }
    .bar > :first-child { margin-inline-end: auto; }
    .word { font-weight: 650; }
    .switch { display: flex; border: 1px solid var(--edge); border-radius: 4px; margin: 0; padding: 0;
      min-inline-size: 0; }
    .switch label { position: relative; padding: .15rem .7rem; font-size: .875rem; line-height: 1.6; cursor:
      pointer; }
    .switch label + label { border-inline-start: 1px solid var(--edge); }
    .switch input { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; margin: 0; opacity: 0;
      cursor: pointer; }
    .switch label:has(:checked) { background: var(--ink); color: var(--paper); }
    .switch label:has(:focus-visible) { outline: 3px solid var(--accent); outline-offset: 2px; }
    button { font: inherit; font-size: .875rem; color: inherit; background: none; border: 1px solid
      var(--edge); border-radius: 4px; padding: .15rem .7rem; min-block-size: 1.75rem; cursor: pointer; }
    button:hover { background: var(--sunk); }
    .frame { display: grid; grid-template-columns: minmax(0, 1fr); gap: 2rem; padding: 2rem clamp(1rem, 3vw,
      2.5rem) 4rem; max-inline-size: 92rem; margin-inline: auto; }
    .toc ol { list-style: none; padding: 0; columns: 2 9rem; column-gap: 1rem; font-size: .875rem; }
    .toc a { display: flex; gap: .5rem; justify-content: space-between; padding: .3rem .6rem; color:
      var(--ink); text-decoration: none; border-inline-start: 2px solid var(--line); break-inside: avoid; }
    .toc a:hover { background: var(--sunk); }
    .toc a[aria-current] { border-color: var(--accent); color: var(--accent); font-weight: 600; }
    main { display: grid; gap: 3.5rem; grid-template-columns: minmax(0, 1fr); }
    main > section { display: grid; gap: 1.25rem; grid-template-columns: minmax(0, 1fr); }
    main > section > h2 { border-block-start: 2px solid var(--ink); padding-block-start: .6rem; }
    @media (min-width: 66rem) {
      .frame { grid-template-columns: 13rem minmax(0, 1fr); gap: 3.5rem; }
      .toc { position: sticky; inset-block-start: 1.5rem; align-self: start; }
      .toc ol { columns: auto; }
    }
    .cols { display: grid; align-items: start; gap: 1.75rem 3rem; grid-template-columns: repeat(auto-fit,
      minmax(min(100%, 21rem), 1fr)); }
    .stack { display: grid; gap: .6rem; align-content: start; grid-template-columns: minmax(0, 1fr); }

    /* 4. Parts */
    .facts { display: flex; flex-wrap: wrap; gap: .9rem 2.25rem; }
    .facts dt { font-size: .875rem; color: var(--soft); }
    .facts dd { margin: 0; font-size: 1.0625rem; font-weight: 600; }
    .notice { border: 1px solid var(--high); border-inline-start-width: 6px; background: var(--wash-high);
      padding: 1rem 1.25rem; }
    .notice.whole { border-color: var(--line); background: var(--sheet); }
    .notice strong { white-space: normal; font-size: 1rem; }
    .quiet { border-inline-start: 3px solid var(--line); padding-inline-start: 1rem; color: var(--soft);
      max-inline-size: 48em; }
    .bands { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: 1px;
      list-style: none; padding: 0; background: var(--line); border: 1px solid var(--line); }
    .bands li { background: var(--sheet); padding: .8rem .9rem; line-height: 1.4; font-size: .875rem; }
    .bands b { display: flex; align-items: center; gap: .5rem; font: 600 1.75rem/1.2 var(--serif); }
    .critical { color: var(--critical); } .info { color: var(--soft); } .high { color: var(--high); } .medium
      { color: var(--medium); } .low { color: var(--low); }
    .sev::before { font-size: .8em; margin-inline-end: .35em; content: "●" / ""; }
    .sev.critical::before { content: "◆" / ""; } .sev.high::before { content: "▲" / ""; } .sev.medium::before
      { content: "■" / ""; } .sev.info::before { content: "○" / ""; }
    .sev, .band { white-space: nowrap; font-weight: 600; font-size: .875rem; }
    .meter { inline-size: 1.15em; flex: none; block-size: .95em; fill: currentColor; transform:
      scaleX(var(--flip)); vertical-align: -.05em; margin-inline-end: .15em; }
    .tag { display: inline-block; font-size: .8125rem; line-height: 1.5; border: 1px solid var(--edge);
      border-radius: 3px; padding-inline: .4em; color: var(--soft); white-space: nowrap; }
    .todo { padding: 0; list-style: none; counter-reset: n; display: grid; gap: .9rem; }
    .todo > li { counter-increment: n; display: grid; grid-template-columns: 1.75rem minmax(0, 1fr); }
    .todo > li::before { content: counter(n); font: 600 1.125rem/1.4 var(--serif); color: var(--accent); }
    .wide { overflow-x: auto; position: relative; }
    table { border-collapse: collapse; inline-size: 100%; font-size: .9375rem; line-height: 1.5; }
    :root:lang(ar) table { line-height: 1.7; }
    caption { text-align: start; font-weight: 600; padding-block-end: .4rem; }
    th, td { text-align: start; vertical-align: top; padding: .55rem .75rem .55rem 0; padding-inline: 0 .9rem;
      border-block-end: 1px solid var(--line); }
    thead th { font-size: .8125rem; font-weight: 600; color: var(--soft); vertical-align: bottom;
      border-block-end-color: var(--edge); }
    tbody th { font-weight: 600; }
    th bdi { font-weight: 400; }
    .num { text-align: end; white-space: nowrap; }
    th button { border: 0; padding: 0; font-size: inherit; font-weight: inherit; min-inline-size: 1.5rem;
      text-align: start; }
    th[aria-sort="ascending"] button::after { content: " ↑"; } th[aria-sort="descending"] button::after {
      content: " ↓"; }
    summary { cursor: pointer; min-block-size: 1.5rem; }
    summary:hover { color: var(--accent); }
    .more { font-weight: 400; }
    .more > summary { font-size: .875rem; color: var(--accent); }
    .list th .more > summary { font-weight: 600; font-size: .9375rem; }
    .cites { list-style: none; padding: 0; font-size: .875rem; display: grid; grid-template-columns: minmax(0,
      1fr); gap: .5rem; padding-block: .5rem; }
    .cites b { font-weight: 600; }
    .cites ul { list-style: none; padding-inline-start: .9rem; border-inline-start: 2px solid var(--line);
      margin-block-start: .25rem; }
    .cites a code, .cites li code { font-size: .8125rem; }
    .cites a { margin-inline-start: .3em; overflow-wrap: anywhere; } .cites li { min-inline-size: 0; }
    .two > li { break-inside: avoid-column; margin-block-end: .7rem; }
    .sub td { padding-block: 0 .7rem; }
    .reg tr:has(+ .sub) > * { border-block-end: 0; padding-block-end: .2rem; }
    @media (min-width: 60rem) { .two { display: block; columns: 2; column-gap: 2.5rem; } }
    .dec > div, .dec { display: grid; gap: .1rem; } .dec { gap: .4rem; font-size: .875rem; }
    .dec dt { color: var(--soft); font-size: .8125rem; } .dec dd { margin: 0; overflow-wrap: anywhere; }
    .tag.new { color: var(--accent); border-color: currentColor; }
    .since { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .5rem 2rem; }
    .since b { font: 600 1.25rem var(--serif); }
    .turn::before { content: "→" / ""; } :root:lang(ar) .turn::before { content: "←" / ""; }
    .annex thead th:nth-child(1) { inline-size: 24%; } .annex thead th:nth-child(3) { inline-size: 30%; }
    .annex .blank { border-inline-start: 1px dashed var(--edge); padding-inline-start: .9rem; }
    .turns { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; } .turns [aria-current] { font-weight: 600;
      color: var(--ink); }
    main.plain { display: grid; gap: 1.5rem; grid-template-columns: minmax(0, 1fr); }
    .counts { line-height: 1.45; }
    .counts, .counts ul, .places, .ids { list-style: none; padding: 0; }
    .counts > li + li { margin-block-start: .35rem; }
    .counts ul { color: var(--soft); padding-inline-start: .9rem; }
    .places { display: grid; gap: .3rem; padding-block: .4rem; }
    .ids { columns: 3 14rem; font-size: .875rem; padding-block: .5rem; }
    .times { font-weight: 400; color: var(--soft); white-space: nowrap; unicode-bidi: isolate; }
    .kind { font-weight: 400; font-size: .75rem; margin-inline-start: .5em; }
    .reg .band { white-space: normal; }
    @media (min-width: 66rem) { .reg { table-layout: fixed; } .reg thead th:nth-child(1) { inline-size: 19%; }
      .reg thead th:nth-child(2) { inline-size: 10.5rem; } .reg thead th:nth-child(3) { inline-size: 29%; }
      .reg thead th:nth-child(5) { inline-size: 13%; }
      .list { table-layout: fixed; } .list thead th:nth-child(2) { inline-size: 8rem; } .list thead
      th:nth-child(3) { inline-size: 8rem; } .list thead th:nth-child(4) { inline-size: 30%; } }

    /* severity x confidence */
    .matrix { table-layout: fixed; max-inline-size: 38rem; }
    .matrix td { padding: 2px; border: 0; }
    .matrix td > * { display: block; min-block-size: 3rem; padding: .65rem .5rem; text-align: center;
      font-weight: 600; color: var(--ink); text-decoration: none; background: var(--sunk); }
    .matrix td > a { border: 1px solid currentColor; }
    .matrix td > a:hover { text-decoration: underline; }
    .matrix .info > a { background: var(--sunk); color: var(--soft); }
    .matrix .soft { font-weight: 400; color: var(--soft); }
    .matrix thead th { text-align: center; border: 0; } .matrix tbody th { border: 0; vertical-align: middle;
      }
    .matrix .critical > a { background: var(--wash-critical); color: var(--critical); } .matrix .high > a {
      background: var(--wash-high); color: var(--high); }
    .matrix .medium > a { background: var(--wash-medium); color: var(--medium); } .matrix .low > a {
      background: var(--wash-low); color: var(--low); }
    .chart { font-size: .875rem; }
    .chart th, .chart td { padding-block: .35rem; padding-inline-end: .6rem; }
    .chart td:nth-child(2) { inline-size: 34%; vertical-align: middle; }
    .chart thead td { border-block-end-color: var(--edge); }
    .chart [scope=rowgroup] { padding-block-start: .9rem; font-size: .8125rem; color: var(--soft); }
    .chart svg.bars { inline-size: 100%; block-size: .8rem; display: block; transform: scaleX(var(--flip)); }
    .bars rect { fill: currentColor; stroke: var(--paper); stroke-width: 1; vector-effect: non-scaling-stroke;
      }
    .chart :is(td, thead th):nth-child(n+3) { text-align: end; } .chart .sev::before { margin: 0; }
    mark.dim { background: none; border-block-end-style: dotted; }
    .spark { inline-size: 100%; max-inline-size: 20rem; block-size: 4rem; transform: scaleX(var(--flip));
      overflow: visible; }
    .spark path { fill: none; stroke: var(--accent); stroke-width: 2; vector-effect: non-scaling-stroke; }
    .spark line { stroke: var(--line); vector-effect: non-scaling-stroke; }

    /* filters */
    .filters { display: grid; grid-template-columns: minmax(0, 1fr); gap: .9rem; background: var(--sunk);
      padding: 1rem 1.25rem; border-radius: 4px; }
    .filters fieldset { border: 0; margin: 0; padding: 0; min-inline-size: 0; display: flex; flex-wrap: wrap;
      gap: .3rem .9rem; align-items: center; }
    .filters legend { float: inline-start; font-size: .875rem; color: var(--soft); min-inline-size: 5.5rem;
      padding: 0; }
    .filters label { font-size: .875rem; display: inline-flex; gap: .4em; align-items: center; min-block-size:
      1.5rem; }
    .filters input[type="checkbox"], dialog input { inline-size: 1.05rem; block-size: 1.05rem; accent-color:
      var(--accent); margin: 0; }
    .search { display: flex; flex-wrap: wrap; gap: .5rem .9rem; align-items: center; }
    .search input { font: inherit; flex: 1 1 14rem; min-inline-size: 0; color: inherit; background:
      var(--sheet); border: 1px solid var(--edge); border-radius: 4px; padding: .4rem .7rem; }
    @media screen { .off { display: none !important; } }

    /* reading view */
    .doc { display: grid; gap: 1rem; grid-template-columns: minmax(0, 1fr); }
    .doc > header { display: grid; gap: .2rem; border-block-start: 1px solid var(--edge); padding-block-start:
      .8rem; }
    .read { display: grid; gap: 1.25rem 2rem; grid-template-columns: minmax(0, 1fr); }
    @media (min-width: 60rem) { .read { grid-template-columns: minmax(0, 1fr) minmax(0, 25rem); } .text {
      position: sticky; inset-block-start: 1.5rem; align-self: start; } }
    .text { overflow-wrap: anywhere; background: var(--sheet); border: 1px solid var(--line); padding: 1.1rem
      1.25rem; font: 1.0625rem/1.65 var(--serif); }
    .seg { display: grid; grid-template-columns: 5.2rem minmax(0, 1fr); gap: .9rem; padding-block: .35rem; }
    .gut { font: .75rem/1.5 var(--sans); color: var(--soft); padding-block-start: .25rem; }
    .gut b { font-weight: 400; color: var(--ink); }
    .head { font-weight: 700; }
    mark { scroll-margin-block: 5rem; background: var(--wash-medium); color: inherit; padding-block: .1em;
      box-decoration-break: clone; -webkit-box-decoration-break: clone; border-block-end: 2px solid
      var(--medium); }
    mark.critical { background: var(--wash-critical); border-color: var(--critical); } mark.high { background:
      var(--wash-high); border-color: var(--high); }
    mark.info { background: var(--sunk); border-color: var(--soft); border-block-end-style: dotted; }
    mark.low { background: var(--wash-low); border-color: var(--low); border-block-end-style: dotted; }
    mark.medium, mark.critical, mark.high, mark.low, mark.info { color: var(--ink); }
    .ref { display: inline-block; min-inline-size: 1.5rem; text-align: center; font: 600 .75rem/1.5rem
      var(--sans); margin-inline: .15rem; border: 1px solid currentColor; border-radius: 1rem; text-decoration:
      none; unicode-bidi: isolate; vertical-align: .08em; }
    .mask { direction: ltr; font: .875em var(--sans); background: var(--ink); color: var(--paper);
      padding-inline: .35em; border-radius: 2px; unicode-bidi: isolate; overflow-wrap: anywhere;
      box-decoration-break: clone; -webkit-box-decoration-break: clone; }
    .ctl { font: .8em var(--mono); direction: ltr; unicode-bidi: isolate; border: 1px dashed var(--medium);
      color: var(--medium); padding-inline: .3em; border-radius: 2px; }
    .ghost { outline: 1px dashed var(--edge); outline-offset: .2rem; background: var(--sunk); }
    .cards { display: grid; gap: .6rem; align-content: start; list-style: none; padding: 0;
      grid-template-columns: minmax(0, 1fr); }
    .card { background: var(--sheet); border: 1px solid var(--line); border-inline-start: 4px solid
      currentColor; }
    .card > * { color: var(--ink); }
    .card > summary { padding: .6rem .9rem; display: grid; grid-template-columns: 1.9rem minmax(0, 1fr); gap:
      .1rem .4rem; list-style: none; }
    .card > summary::-webkit-details-marker { display: none; }
    .card > summary .no { font-weight: 600; color: var(--soft); }
    .card > summary .ttl { font-weight: 600; }
    .card > summary .meta { grid-column: 2; display: flex; flex-wrap: wrap; gap: 0 .9rem; font-size: .875rem;
      }
    .card > summary:hover .ttl { color: var(--accent); text-decoration: underline; text-underline-offset:
      .2em; }
    .card:target, .card.target { box-shadow: 0 0 0 2px var(--accent); }
    .card dl { padding: 0 .9rem .9rem; font-size: .9375rem; }
    .card dt { font-size: .8125rem; color: var(--soft); margin-block-start: .5rem; }
    .card dd { margin: 0; }
    pre { white-space: pre-wrap; background: var(--sunk); padding: .45rem .6rem; direction: ltr; text-align:
      start; }
    .gloss { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)); gap: .9rem
      2rem; }
    .gloss dt { font-weight: 600; } .gloss dd { margin: 0; color: var(--soft); font-size: .9375rem; }
    dialog { color: inherit; background: var(--sheet); border: 1px solid var(--edge); border-radius: 4px;
      padding: 1.5rem; max-inline-size: 30rem; }
    dialog::backdrop { background: rgb(0 0 0 / .45); }
    dialog[open] { display: grid; gap: 1rem; }
    footer { border-block-start: 1px solid var(--line); padding: 1.25rem clamp(1rem, 3vw, 2.5rem); font-size:
      .875rem; color: var(--soft); display: grid; gap: .3rem; }

    /* 5. Narrow: the two big tables become labelled blocks. Script restores their table roles. */
    @media screen and (max-width: 47rem) {
      .flow, .flow tbody, .flow tr, .flow td, .flow tbody th { display: block; }
      .flow thead { display: block; position: absolute; clip-path: inset(50%); inline-size: 1px; block-size:
        1px; overflow: hidden; }
      .flow tr { border-block-end: 1px solid var(--edge); padding-block: .8rem; }
      .flow td, .flow tbody th { border: 0; padding: .15rem 0; text-align: start; }
      .seg { grid-template-columns: minmax(0, 1fr); gap: 0; }
      .toc ol { columns: 2 7rem; }
      .chart td:nth-child(2) { inline-size: 18%; }
      .list td { display: inline-block; margin-inline-end: .9rem; }
      .list td:nth-child(3)::before { content: "Confidence: "; } :root:lang(ar) .list td:nth-child(3)::before
        { content: "درجة الثقة: "; }
      .flow td::before { color: var(--soft); font-size: .875rem; }
      .reg td { padding-block-start: .5rem; }
    }
    @media (prefers-reduced-motion: no-preference) { :root { scroll-behavior: smooth; } .skip { transition:
      transform .15s; } }
    @media (forced-colors: active) {
      .switch label:has(:checked), .mask { forced-color-adjust: none; background: Highlight; color:
        HighlightText; }
      mark { scroll-margin-block: 5rem; background: Canvas; color: CanvasText; border-color: Highlight; }
      .bars rect { forced-color-adjust: none; fill: CanvasText; stroke: Canvas; }
      .card, .notice, .text { border-color: CanvasText; }
    }

    /* 6. Print: light, everything open, filters ignored, page numbers. */
    @page { size: A4; margin: 18mm 16mm 20mm; @top-center { content: var(--running); font: 8pt var(--sans);
      color: #535c65; } @bottom-center { content: counter(page) var(--of) counter(pages); font: 8pt var(--sans);
      color: #535c65; } }
    @page :first { @top-center { content: none; } }
    /* A large report is 28,000 nodes: what is out of view is laid out when it comes near, or by the script, right after
       the page can be used. The height that is held for it until then is more than it needs: parts never overlap. */
    @media screen and (scripting: enabled) { main > section:not(.intro, .laid) { content-visibility: auto;
      contain-intrinsic-size: auto 60000px; } }
    @media print {
      :root, :root:has(#theme-dark:checked) { color-scheme: light; font-size: 9.5pt; --paper: #fff; }
      body { print-color-adjust: exact; }
      .toc, .switch, .filters, .skip, .bar button, .js-only, dialog { display: none !important; }
      .bar { padding: 0 0 .5rem; } .frame { display: block; padding: 1rem 0 0; } footer { padding-inline: 0; }
      main { display: block; } main > section { margin-block-end: 2rem; }
      .new-page, #summary { break-before: page; }
      .doc, .read { display: block; } .doc > *, .read > * { margin-block-end: .8rem; }
      .reg { table-layout: fixed; } .reg thead th:nth-child(1) { inline-size: 20%; } .reg thead
        th:nth-child(2) { inline-size: 15%; } .reg thead th:nth-child(3) { inline-size: 29%; } .reg thead
        th:nth-child(5) { inline-size: 14%; } .counts .more > ul { display: none; }
      #shape .cols { grid-template-columns: minmax(0, 1fr); } .chart thead th:first-child { inline-size: 45%; }
        .chart td:nth-child(2) { inline-size: 22%; } .reg { font-size: .8125rem; } noscript { display: none; }
      .once { display: none; } .sub .cites { columns: 2; display: block; font-size: .75rem; } .sub .cites li {
        break-inside: avoid; } .annex .blank { block-size: 5.5rem; } .ids { font-size: .75rem; }
      .text { position: static; }
      h2, h3, caption, .doc > header, summary { break-after: avoid; }
      tr, .chart, .matrix, .card, .bands, .notice, .facts, .todo > li, figure, .seg, .gloss > div {
        break-inside: avoid; }
      .reg tr { break-inside: auto; }
      thead { display: table-header-group; }
      details::details-content { content-visibility: visible; block-size: auto; }
      .more { font-weight: 400; }
    .more > summary { color: inherit; font-weight: 600; list-style: none; }
      .cards { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
      .card dl { font-size: .875rem; }
      .wide { overflow: visible; }
      .cites { font-size: .8125rem; gap: .25rem; } .two { display: block; columns: 2; column-gap: 2rem; } .two
        ul { margin-block-start: 0; }
      .card a code { font-size: .75rem; }
      a { color: inherit; }
    }

    """#
}
