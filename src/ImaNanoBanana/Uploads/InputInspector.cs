using ImaNanoBanana.Catalog;

namespace ImaNanoBanana.Uploads;

/// <summary>
/// Looks at the images to work from before planning, all of them, so that nothing is uploaded or ordered when one of
/// them cannot be used (careful client, section 1, rule 12). Reads the first bytes of local files and nothing else.
/// </summary>
internal static class InputInspector
{
    public static async Task<IReadOnlyList<InputFact>> InspectAsync(IReadOnlyList<ImageInput> inputs, CancellationToken cancellationToken)
    {
        var facts = new List<InputFact>(inputs.Count);
        foreach (var input in inputs)
        {
            facts.Add(input switch
            {
                ImageAddress address => InputFact.OfAddress(address.Text),
                LocalImageFile file => new InputFact(file.Path, await ProblemAsync(file.Path, cancellationToken).ConfigureAwait(false)),
                _ => new InputFact("(null)", "is no image input"),
            });
        }

        return facts;
    }

    private static async Task<string?> ProblemAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, useAsync: true);
            await using (file.ConfigureAwait(false))
            {
                var start = new byte[MediaTypeSniffer.BytesNeeded];
                var count = await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                return MediaTypeSniffer.MediaType(start.AsSpan(0, count)) is null
                    ? "is no PNG, JPEG, WebP or GIF by its first bytes"
                    : null;
            }
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return "does not exist";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return "cannot be read: " + exception.Message.TrimEnd('.');
        }
    }
}
