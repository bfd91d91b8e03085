/// The words of the page, explained.
enum Glossary {
  static let markup: StaticString = """
    <section aria-labelledby="words-title">
    <h2 id="words-title">How to read this</h2>
    <dl class="words">
    <div><dt>PSI</dt><dd>The population stability index compares the shares of rows by bin. The \
    bins are chosen from the baseline. It is 0 when all shares are equal; each bin adds the part \
    that is shown beside it.</dd></div>
    <div><dt>p-value</dt><dd>How likely a difference at least this large is when nothing drifted. \
    It is adjusted for the number of features: with many, some differ by chance.</dd></div>
    <div><dt>Effect</dt><dd>The difference of the means in standard deviations (Hedges’ g). Around \
    0.1 is small, from 0.25 a model may notice.</dd></div>
    <div><dt>MMD</dt><dd>The maximum mean discrepancy compares whole rows, and so sees changes of \
    several numeric features together. Its p-value comes from shuffling the rows of both \
    sides.</dd></div>
    <div><dt>Status</dt><dd>A change counts when it is large and beyond chance. FAIL: drift. WARN: \
    worth a look. OK: nothing to see.</dd></div>
    </dl>
    </section>

    """
}
