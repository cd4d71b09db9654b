using ImaNanoBanana.Errors;

namespace ImaNanoBanana.Requests;

/// <summary>
/// Checks that a source image has not changed since it was inspected, so that the uploaded image is the inspected one.
/// </summary>
internal static class UnchangedImage
{
    /// <exception cref="ImaException">The image was replaced or written to.</exception>
    public static void CheckOpened(InputDetails input, Stream opened)
    {
        if (opened.Length != input.Length || input.Local!.Stamp(opened) != input.Stamp)
        {
            throw Changed(input);
        }
    }

    /// <exception cref="ImaException">The image starts with different bytes.</exception>
    public static void CheckStart(InputDetails input, ReadOnlySpan<byte> first)
    {
        if (!first.StartsWith(input.Start.Span))
        {
            throw Changed(input);
        }
    }

    /// <summary>Checks the image after all bytes were read. A write to the file in the meantime changes its stamp.</summary>
    /// <exception cref="ImaException">The image has a different length or was written to.</exception>
    public static void CheckRead(InputDetails input, Stream opened, long count)
    {
        if (count != input.Length)
        {
            throw Changed(input);
        }

        CheckOpened(input, opened);
    }

    private static ImaException Changed(InputDetails input)
    {
        const string Reason = "it changed after it was inspected";
        return UploadErrors.Create(input.Name, Reason, cause: new IOException(Reason));
    }
}
