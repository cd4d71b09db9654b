using System.Security.Cryptography;
using ImaNanoBanana.Errors;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Requests;

/// <summary>Computes values that identify source images: their URLs or the hashes of their bytes.</summary>
internal static class InputDigests
{
    private const int BlockSize = 80 * 1024;

    public static async Task<IReadOnlyList<string>> ComputeAsync(
        IReadOnlyList<InputDetails> inputs, LocalReading reading, CancellationToken cancellationToken)
    {
        var digests = new List<string>(inputs.Count);
        foreach (var input in inputs)
        {
            digests.Add(
                input.Local is null ? input.Address ?? "" : await HashAsync(input, reading, cancellationToken).ConfigureAwait(false));
        }

        return digests;
    }

    private static async Task<string> HashAsync(InputDetails input, LocalReading reading, CancellationToken cancellationToken)
    {
        try
        {
            return await reading.ReadAsync(
                input.Local!, (stream, stall, token) => HashAsync(input, stream, stall, token), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or ObjectDisposedException or TimeoutException)
        {
            throw UploadErrors.Create(input.Name, AppCallback.Message(exception), cause: exception);
        }
    }

    private static async Task<string> HashAsync(InputDetails input, Stream stream, StallWatch stall, CancellationToken cancellationToken)
    {
        UnchangedImage.CheckOpened(input, stream);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        // Do not use a pooled buffer: an abandoned read may still write to it.
        var block = new byte[BlockSize];
        int count;
        while ((count = await stream.ReadAsync(block, cancellationToken).ConfigureAwait(false)) > 0)
        {
            stall.Progressed();
            hash.AppendData(block.AsSpan(0, count));
        }

        return "sha256:" + Convert.ToHexString(hash.GetHashAndReset());
    }
}
