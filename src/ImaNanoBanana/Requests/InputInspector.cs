using System.Globalization;
using ImaNanoBanana.Errors;
using ImaNanoBanana.Media;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Requests;

/// <summary>
/// Inspects all source images before planning, so that nothing is uploaded or submitted if one of them cannot be used. Reads
/// only the first bytes and the lengths.
/// </summary>
internal static class InputInspector
{
    public static async Task<IReadOnlyList<InputDetails>> InspectAsync(
        IReadOnlyList<ImageInput> inputs, LocalReading reading, CancellationToken cancellationToken)
    {
        var facts = new List<InputDetails>(inputs.Count);
        foreach (var input in inputs)
        {
            facts.Add(input switch
            {
                ImageAddress address => InputDetails.FromAddress(address.Text),
                LocalImage local =>
                    await InspectAsync(local, Name(local, facts.Count + 1), reading, cancellationToken).ConfigureAwait(false),
                _ => new InputDetails("(null)", "is not a valid image input"),
            });
        }

        return facts;
    }

    private static async Task<InputDetails> InspectAsync(
        LocalImage local, string name, LocalReading reading, CancellationToken cancellationToken)
    {
        try
        {
            return await reading.ReadAsync(
                local, (stream, _, token) =>
                    InspectAsync(local, name, stream, reading.MaxUploadBytes, token), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return new InputDetails(name, "does not exist") { Cause = AdviceCause.ImageFile };
        }
        catch (InvalidDataException)
        {
            return new InputDetails(name, TooLarge(reading.MaxUploadBytes));
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or ObjectDisposedException
                or TimeoutException)
        {
            return new InputDetails(name, "cannot be read: " + AppCallback.Message(exception).TrimEnd('.'));
        }
    }

    private static async Task<InputDetails> InspectAsync(
        LocalImage local, string name, Stream stream, long maxUploadBytes, CancellationToken cancellationToken)
    {
        var start = new byte[UnsupportedFormat.BytesNeeded];
        var count = await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        var mediaType = MediaTypeSniffer.MediaType(start.AsSpan(0, count));
        var sizeProblem = stream.Length > maxUploadBytes ? TooLarge(maxUploadBytes) : null;
        var problem = mediaType is null ? NoImage(start.AsSpan(0, count)) : sizeProblem;
        return new InputDetails(name, problem)
        {
            Local = local,
            MediaType = mediaType,
            Length = stream.Length,
            Start = start.AsMemory(0, count),
            Stamp = local.Stamp(stream),
            Cause = mediaType is null ? AdviceCause.ImageFormat : AdviceCause.Images,
        };
    }

    /// <summary>An image without a path is named by its place in the request.</summary>
    private static string Name(LocalImage local, int number) => local is LocalImageFile
        ? local.Name
        : string.Create(CultureInfo.InvariantCulture, $"source image {number} ({local.Name})");

    private static string NoImage(ReadOnlySpan<byte> start)
    {
        if (start.IsEmpty)
        {
            return "is empty";
        }

        if (UnsupportedFormat.Name(start) is { } name)
        {
            return $"is {name}. Supported formats: PNG, JPEG, WebP, GIF";
        }

        return "is not a PNG, JPEG, WebP or GIF image. The format is detected from the first bytes";
    }

    private static string TooLarge(long maxUploadBytes) => $"is larger than MaxUploadBytes ({maxUploadBytes} bytes)";
}
