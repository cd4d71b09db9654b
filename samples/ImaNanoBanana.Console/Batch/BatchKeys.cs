using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ImaNanoBanana.Cli.Batch;

/// <summary>
/// Creates the idempotency keys of a batch as the SDK does: from its name and what a request asks for, with a number for each
/// repetition. They are created before anything is sent, so that every line was checked by then.
/// </summary>
internal sealed class BatchKeys(string name)
{
    private const int TextDigits = 16;

    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _contents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);

    /// <param name="request">The request. Its local images are read.</param>
    /// <param name="own">The key of the line, or null.</param>
    /// <param name="cancellationToken">Cancels reading the images.</param>
    /// <returns>The key; null if another line has it.</returns>
    /// <exception cref="ImaException">The request is not valid.</exception>
    public async Task<string?> CreateAsync(ImageRequest request, string? own, CancellationToken cancellationToken)
    {
        var content = await request.CreateContentKeyAsync(cancellationToken: cancellationToken);
        content = content[(content.IndexOf('-', StringComparison.Ordinal) + 1)..];
        var key = own ?? Repeated($"{name}-{content}", Next(_contents, content));
        return _keys.Add(key) ? key : null;
    }

    /// <returns>The key that earlier versions of this program created from the text of a line.</returns>
    public string FromText(string text)
    {
        var line = text.Trim();
        var digits = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(line)))[..TextDigits];
        return string.Create(CultureInfo.InvariantCulture, $"{name}-{digits}-{Next(_texts, line)}");
    }

    private static string Repeated(string key, int occurrence) =>
        occurrence == 1 ? key : string.Create(CultureInfo.InvariantCulture, $"{key}-{occurrence}");

    private static int Next(Dictionary<string, int> counts, string text) => counts[text] = counts.GetValueOrDefault(text) + 1;
}
