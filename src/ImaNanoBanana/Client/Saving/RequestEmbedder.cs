using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using ImaNanoBanana.Media;

namespace ImaNanoBanana.Client.Saving;

/// <summary>Writes the text chunks of a request into a complete PNG.</summary>
internal static class RequestEmbedder
{
    private const string Png = "image/png";

    /// <param name="file">The downloaded image; it can be read, written and sought.</param>
    /// <param name="download">The description of the image.</param>
    /// <param name="chunks">The chunks to insert before the end chunk.</param>
    /// <param name="despiteCredentials">Whether to change an image with content credentials.</param>
    /// <param name="cancellationToken">Cancels the work; the file is then incomplete.</param>
    /// <returns>The description of the file as it is now.</returns>
    public static async Task<ImageDownload> EmbedAsync(
        Stream file, ImageDownload download, byte[] chunks, bool despiteCredentials, CancellationToken cancellationToken)
    {
        if (download.MediaType != Png)
        {
            return download with { RequestEmbedding = RequestEmbedding.UnsupportedFormat };
        }

        var (end, hasCredentials) = await PngText.FindEndAsync(file, cancellationToken).ConfigureAwait(false);
        if (end is null)
        {
            return download with { RequestEmbedding = RequestEmbedding.UnsupportedFormat };
        }

        if (hasCredentials && !despiteCredentials)
        {
            return download with { HasContentCredentials = true, RequestEmbedding = RequestEmbedding.ContentCredentialsKept };
        }

        await PngText.InsertAsync(file, end.Value, chunks, cancellationToken).ConfigureAwait(false);
        return download with
        {
            Length = file.Length,
            Sha256 = download.Sha256 is null ? null : await HashAsync(file, cancellationToken).ConfigureAwait(false),
            RequestEmbedding = RequestEmbedding.Written,
        };
    }

    [SuppressMessage("Globalization", "CA1308", Justification = "Hexadecimal digits, in the case that checksum tools print.")]
    private static async Task<string> HashAsync(Stream file, CancellationToken cancellationToken)
    {
        file.Position = 0;
        return Convert.ToHexString(await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false)).ToLowerInvariant();
    }
}
