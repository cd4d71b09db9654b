using Microsoft.Playwright;

namespace ImaNanoBanana.Studio.Tests.Browser;

/// <summary>Records in the page what the cards say one after the other, so that no test has to look at the right moment.</summary>
internal sealed class CardRecord
{
    private const string Start =
        """
        () => {
          window.cardRecord = [];
          new MutationObserver(() => {
            for (const card of document.querySelectorAll('article')) {
              const line = `${card.dataset.state} ${card.querySelector('.state')?.textContent ?? ''}`.trim();
              if (window.cardRecord.at(-1) !== line) {
                window.cardRecord.push(line);
              }
            }
          }).observe(document.getElementById('cards'), { subtree: true, childList: true, characterData: true, attributes: true });
        }
        """;

    private readonly IPage _page;

    private CardRecord(IPage page) => _page = page;

    public static async Task<CardRecord> StartAsync(StudioPage page)
    {
        await page.Page.EvaluateAsync(Start);
        return new CardRecord(page.Page);
    }

    /// <returns>The state and the words of the card, for each change: <c>generating Generating: 40%</c>.</returns>
    public Task<string[]> ReadAsync() => _page.EvaluateAsync<string[]>("() => window.cardRecord");
}
