using System.Security.Cryptography;
using ImaNanoBanana.Catalog;

namespace ImaNanoBanana.Uploads;

/// <summary>What tells images to work from apart: their addresses, or the hashes of their bytes.</summary>
internal static class InputDigests
{
    public static async Task<IReadOnlyList<string>> OfAsync(
        IReadOnlyList<InputFact> inputs, long maxUploadBytes, CancellationToken cancellationToken)
    {
        var digests = new List<string>(inputs.Count);
        foreach (var input in inputs)
        {
            digests.Add(input.Local is null ? input.Address ?? "" : await HashAsync(input.Local, maxUploadBytes, cancellationToken).ConfigureAwait(false));
        }

        return digests;
    }

    private static async Task<string> HashAsync(LocalImage image, long maxUploadBytes, CancellationToken cancellationToken)
    {
        try
        {
            var stream = await image.OpenAsync(maxUploadBytes, cancellationToken).ConfigureAwait(false);
            await using var lease = stream.ConfigureAwait(false);
            return "sha256:" + Convert.ToHexString(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            throw UploadErrors.Of(image.Name, exception.Message, cause: exception);
        }
    }
}
