/// How the page looks, in light and dark, on a phone and on paper.
///
/// The text has neither `<` nor `&`, which XML and HTML would read differently.
package enum PageStyle {
  /// The hash of `text` by which the page's security policy allows it; a test computes it anew.
  package static let hash = "sha256-v29IHGLCVv28TlXkUbvLpDnVcsLBIwz1/oBVEN+Fg4A="

  /// What stands between the tags.
  package static let text: StaticString = """

    :root {
      color-scheme: light dark;
      --page: #f4f5f7; --card: #ffffff; --soft: #eef1f4; --line: #d5dbe1;
      --ink: #1a2129; --quiet: #525e6b; --link: #0b57b5;
      --base: #8195ab; --current: #b03a00; --part: #6b4fa0;
      --ok: #12612f; --ok-tint: #e2f4e8; --warn: #7a4a00; --warn-tint: #fff0cc;
      --fail: #a3140f; --fail-tint: #ffe7e4;
    }
    @media screen and (prefers-color-scheme: dark) {
      :root {
        --page: #0e1217; --card: #161c23; --soft: #202832; --line: #313b47;
        --ink: #e6ebf0; --quiet: #a3afbc; --link: #84b8ff;
        --base: #60758c; --current: #ffa05c; --part: #b79df0;
        --ok: #8ce0a7; --ok-tint: #10311d; --warn: #ffd57d; --warn-tint: #3a2b08;
        --fail: #ffb4ab; --fail-tint: #431714;
      }
    }
    * { box-sizing: border-box; }
    [hidden] { display: none !important; }
    html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
    body {
      margin: 0; background: var(--page); color: var(--ink); overflow-wrap: anywhere;
      font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Ubuntu, \
    Cantarell,
        "DejaVu Sans", sans-serif;
    }
    .top, main, footer { max-width: 76rem; margin: 0 auto; padding: 0 1rem; }
    .top p, footer p { margin: 1rem 0 0; color: var(--quiet); font-size: .875rem; }
    .top strong { color: var(--ink); }
    .top time, .top span { margin-left: .75rem; }
    footer p { margin: 0 0 2rem; }
    a { color: var(--link); text-underline-offset: .15em; }
    :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px; }
    .skip {
      position: absolute; left: 1rem; top: -5rem; padding: .5rem 1rem; background: var(--card);
    }
    .skip:focus { top: .5rem; z-index: 9; }
    section {
      margin: 1rem 0; padding: 1.25rem 1.5rem 1.5rem; background: var(--card);
      border: 1px solid var(--line); border-radius: .75rem;
    }
    h1, h2, h3 { line-height: 1.25; text-wrap: balance; }
    h1 { margin: 0; font-size: clamp(1.4rem, 1.1rem + 1.6vw, 2.1rem); font-weight: 650; }
    h2 { margin: 0 0 .75rem; font-size: 1.2rem; font-weight: 650; }
    p, ul, ol, dl { margin: 0 0 .75rem; }
    ul, ol { padding-left: 1.25rem; } li { margin: .2rem 0; }

    .verdict { border-top: .5rem solid var(--tone); padding-top: 1.25rem; }
    .ok { --tone: var(--ok); --tint: var(--ok-tint); }
    .warn { --tone: var(--warn); --tint: var(--warn-tint); }
    .fail { --tone: var(--fail); --tint: var(--fail-tint); }
    .none { --tone: var(--quiet); --tint: var(--soft); }
    .none.badge::before { clip-path: path("M3 8.5H17V11.5H3z"); }
    .word { color: var(--tone); margin-right: .35em; white-space: nowrap; }
    .badge::before, .word::before {
      content: ""; display: inline-block; width: 20px; height: 20px; background: currentColor;
      flex: none; forced-color-adjust: none; print-color-adjust: exact;
      -webkit-print-color-adjust: exact;
    }
    .badge::before { zoom: .65; }
    .word::before { zoom: 1.4; margin-right: .25em; vertical-align: -.05em; }
    /* A circle with a tick, a triangle and an octagon, each with its mark cut out. */
    .ok .word::before, .ok.badge::before {
      clip-path: path(evenodd, "M10 1a9 9 0 1 0 0 18a9 9 0 1 0 0 -18zM8.6 14.2L4.9 10.5L6.3 \
    9.1L8.6 11.4L13.7 6.3L15.1 7.7z");
    }
    .warn .word::before, .warn.badge::before {
      clip-path: path(evenodd, "M10 1.2L19.4 18.5H.6zM9 7V13H11V7zM9 14.5V16.5H11V14.5z");
    }
    .fail .word::before, .fail.badge::before {
      clip-path: path(evenodd, "M6.3 1H13.7L19 6.3V13.7L13.7 19H6.3L1 13.7V6.3zM7.2 5.8L5.8 \
    7.2L8.6 10L5.8 12.8L7.2 14.2L10 11.4L12.8 14.2L14.2 12.8L11.4 10L14.2 7.2L12.8 5.8L10 \
    8.6z");
    }
    .lead { margin: .5rem 0 1.25rem; font-size: 1.125rem; color: var(--quiet); max-width: \
    75ch; }
    .badge {
      display: inline-flex; align-items: center; gap: .35em; padding: .1em .55em;
      border-radius: 1em; background: var(--tint); color: var(--tone); vertical-align: middle;
      font-size: .8125rem; font-weight: 650; line-height: 1.5; white-space: nowrap;
    }
    .figures {
      display: grid; grid-template-columns: repeat(auto-fit, minmax(7.5rem, 1fr)); gap: .75rem;
      margin: 0 0 1.5rem;
    }
    .figures div { padding: .6rem .9rem .7rem; background: var(--soft); border-radius: .5rem; }
    .figures dt { color: var(--quiet); font-size: .8125rem; }
    .figures dd {
      margin: 0; font-size: 1.5rem; font-weight: 600; line-height: 1.2;
      font-variant-numeric: tabular-nums;
    }
    .columns {
      display: grid; gap: .5rem 2.5rem;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr));
    }
    .columns > *, .tables > * { min-width: 0; }
    .reasons { padding: 0; list-style: none; }
    .reasons > li { margin: 0 0 .6rem; }
    .reasons > li > a { font-weight: 600; margin-left: .25rem; }
    .reasons ul, .findings { margin: .15rem 0 0; }
    .findings { margin-bottom: 1rem; }

    .facts > div, .words > div { padding: .35rem 0; border-bottom: 1px solid var(--line); }
    dl.facts > div { display: grid; grid-template-columns: 7rem 1fr; gap: 1rem; }
    .facts > div:last-child, .words > div:last-child { border: 0; }
    dl.facts dt { color: var(--quiet); }
    dd { margin: 0; }
    .words dt { font-weight: 600; }
    .words { columns: 22rem; column-gap: 2.5rem; }
    .words > div { break-inside: avoid; }

    .scroll { overflow: auto; position: relative; }
    table { border-collapse: collapse; width: 100%; font-size: .9rem; }
    caption { text-align: left; color: var(--quiet); padding: 0 0 .4rem; font-size: .875rem; }
    th, td { padding: .35rem .6rem; text-align: left; border-bottom: 1px solid var(--line); }
    thead th { overflow-wrap: normal; color: var(--quiet); font-weight: 600; font-size: \
    .8125rem; vertical-align: bottom; }
    tbody th { font-weight: 500; }
    td { font-variant-numeric: tabular-nums; }
    .n, table.facts td, .bins td, #features td, table.facts thead th { text-align: right; }
    #features td:nth-child(2), #features td:nth-child(3) { text-align: left; }
    table.facts { table-layout: auto; }
    table.facts th { padding-left: 0; color: var(--quiet); }
    table.facts th[scope=rowgroup] { color: var(--ink); font-weight: 650; padding-top: .9rem; }
    table.facts td { padding-right: 0; white-space: nowrap; }
    table.facts td + td { padding-left: 1rem; }
    table.facts thead th { padding-right: 0; }
    .bins thead th:nth-child(n + 3) { text-align: center; }
    table.facts tbody + tbody td .badge { margin-top: .5rem; }
    .file { min-width: 8rem; }
    .key {
      display: inline-block; width: .85em; height: .85em; margin: 0 .4em 0 .15em;
      vertical-align: -.06em;
    }
    .key.baseline { background: var(--base); }
    .key.current { border: 2px solid var(--current); }
    .key.line { width: 2px; margin-left: .4em; background: var(--current); }

    .controls { gap: .75rem 1.5rem; flex-wrap: wrap; align-items: end; margin: 0 0 1rem; }
    .controls p { margin: 0; }
    .controls label { display: block; color: var(--quiet); font-size: .875rem; }
    .controls fieldset { border: 0; margin: 0; padding: 0; display: flex; }
    .controls legend { padding: 0; color: var(--quiet); font-size: .875rem; }
    input[type=search], button {
      font: inherit; font-size: .9375rem; color: var(--ink); background: var(--card);
      border: 1px solid var(--quiet); border-radius: .4rem; padding: .35rem .7rem;
      min-height: 2.25rem;
    }
    input[type=search] { width: min(18rem, 100%); display: block; }
    button { cursor: pointer; }
    button:hover { background: var(--soft); }
    fieldset label { position: relative; margin-left: -1px; }
    fieldset input { position: absolute; opacity: 0; inset: 0; margin: 0; cursor: pointer; }
    fieldset span {
      display: block; padding: .35rem .7rem; min-height: 2.25rem; border: 1px solid \
    var(--quiet);
      color: var(--ink); background: var(--card);
    }
    fieldset b { font-weight: 400; color: var(--quiet); font-variant-numeric: tabular-nums; }
    fieldset label:first-of-type span { border-radius: .4rem 0 0 .4rem; }
    fieldset label:last-of-type span { border-radius: 0 .4rem .4rem 0; }
    fieldset input:checked + span {
      background: var(--link); border-color: var(--link); color: var(--card); font-weight: 600;
    }
    fieldset input:checked + span b { color: inherit; }
    fieldset input:focus-visible + span { outline: 3px solid var(--link); outline-offset: 2px; }
    #shown { color: var(--quiet); font-size: .875rem; padding-bottom: .5rem; }
    .script { display: none; }
    .js .script { display: block; }
    .js form.script { display: flex; }

    [role=region] { max-height: 80vh; border: 1px solid var(--line); border-radius: .5rem; }
    #features { border-collapse: separate; border-spacing: 0; }
    #features caption { padding: .6rem .6rem .4rem; }
    #features thead th { position: sticky; top: 0; z-index: 2; background: var(--soft); }
    #features thead th:first-child { left: 0; z-index: 3; }
    #features tbody th {
      position: sticky; left: 0; z-index: 1; background: var(--card); min-width: 8rem;
      max-width: 18rem; width: 14rem;
    }
    #features td { white-space: nowrap; }
    #features tr:last-child > * { border-bottom: 0; }
    #features th button {
      border: 0; padding: 0; min-height: 1.75rem; background: none; color: inherit; font: \
    inherit;
      text-align: inherit; display: inline-flex; align-items: flex-end; gap: .35em;
    }
    #features th button::after {
      content: ""; width: .55em; height: .55em; margin-bottom: .3em; opacity: .35; flex: none;
      background: currentColor;
      clip-path: polygon(50% 0, 100% 40%, 0 40%, 0 60%, 100% 60%, 50% 100%, 0 60%, 0 40%);
    }
    #features th[aria-sort=ascending] button, #features th[aria-sort=descending] button {
      color: var(--ink);
    }
    #features th[aria-sort=ascending] button::after {
      opacity: 1; clip-path: polygon(50% 10%, 100% 90%, 0 90%);
    }
    #features th[aria-sort=descending] button::after {
      opacity: 1; clip-path: polygon(50% 90%, 100% 10%, 0 10%);
    }

    svg path { vector-effect: non-scaling-stroke; }
    .b { fill: var(--base); }
    .c { fill: none; stroke: var(--current); stroke-width: 1.75; }
    .p { fill: var(--part); }
    .axis { stroke: var(--line); fill: none; }
    .small { display: block; width: 7rem; height: 1.75rem; }
    td.picture { padding-top: .15rem; padding-bottom: .15rem; }
    .bins { margin-bottom: 1.25rem; }
    .bins tr > * { white-space: nowrap; height: 1.9rem; padding-top: 0; padding-bottom: 0; }
    .bins tbody tr > * { border: 0; }
    .bins thead tr > * { white-space: normal; padding-bottom: .3rem; }
    .bins td.bars {
      position: relative; padding: 0; width: 40%; min-width: 8rem;
    }
    .bins td.parts { width: 9%; min-width: 3rem; }
    .bars svg { position: absolute; inset: 0; width: 100%; height: 100%; }
    figure { margin: .75rem 0; }
    figcaption { color: var(--quiet); font-size: .875rem; margin-top: .3rem; }
    .means { display: block; width: 100%; height: 2.5rem; }
    .means path { fill: none; stroke-width: 2; }
    .means .b { stroke: var(--base); }
    .null svg { display: block; width: 100%; height: 17rem; }
    .null p {
      display: flex; justify-content: space-between; margin: .2rem 0 0; font-size: .8125rem;
      color: var(--quiet); font-variant-numeric: tabular-nums;
    }
    .null .c { stroke-width: 2.5; }
    .tables {
      display: grid; gap: 1rem 2.5rem; align-items: start;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr));
    }

    #details > details {
      border: 1px solid var(--line); border-radius: .5rem; margin: .5rem 0;
      content-visibility: auto; contain-intrinsic-size: auto 3.1rem;
    }
    summary { cursor: pointer; padding: .6rem .9rem; }
    #details summary {
      display: flex; flex-wrap: wrap; align-items: center; gap: .4rem .75rem; list-style: none;
    }
    #details summary::-webkit-details-marker { display: none; }
    #details summary::before {
      content: ""; width: .6em; height: .7em; background: var(--quiet); flex: none;
      clip-path: polygon(0 0, 100% 50%, 0 100%);
    }
    #details [open] > summary::before { transform: rotate(90deg); }
    #details summary:hover { background: var(--soft); }
    summary h3 { display: inline; margin: 0; font-size: 1rem; font-weight: 600; min-width: 0; }
    .gist { color: var(--quiet); font-size: .875rem; margin-left: auto; }
    .body { padding: .5rem .9rem 1rem; border-top: 1px solid var(--line); scroll-margin-top: \
    4rem; }
    .plain summary { padding: .25rem 0; color: var(--link); }

    @media (max-width: 40rem) {
      .top, main, footer { padding: 0 .5rem; }
      section { padding: 1rem .85rem; }
      dl.facts > div { grid-template-columns: 1fr; gap: 0; }
      #features thead th { white-space: nowrap; }
      #features tbody th { min-width: 6.5rem; max-width: 9rem; width: auto; }
      .gist { margin-left: 0; width: 100%; }
      th, td { padding: .35rem .45rem; }
      table.facts td { white-space: normal; }
      fieldset span { padding: .35rem .5rem; }
    }
    @media print {
      body { background: none; font-size: 10pt; }
      .script, .skip, .js .script, .js form.script { display: none; }
      section { border: 0; padding: 0; margin: 0 0 1.5rem; }
      .verdict { border-top: .3rem solid var(--tone); padding-top: .5rem; }
      .scroll, [role=region] { overflow: visible; max-height: none; border: 0; }
      #features thead th, #features tbody th { position: static; white-space: normal; }
      #features th button::after { display: none; }
      #details > details { content-visibility: visible; break-inside: avoid-page; }
      details::details-content { content-visibility: visible; block-size: auto; display: \
    block; }
      a { color: inherit; text-decoration: none; }
      tr, figure, li { break-inside: avoid; }
      h2, h3, summary { break-after: avoid; }
      .badge, .key, .figures div { print-color-adjust: exact; -webkit-print-color-adjust: \
    exact; }
      .small { width: 4.5rem; }
      table { font-size: 8.5pt; }
      th, td { padding: .2rem .3rem; }
    }
    @media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }

    """
}
