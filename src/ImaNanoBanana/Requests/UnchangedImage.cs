using ImaNanoBanana.Errors;

namespace ImaNanoBanana.Requests;

/// <summary>Whether an image to work from is still what it was when it was looked at: what is uploaded is what was inspected.</summary>
internal static class UnchangedImage
{
    /// <exception cref="ImaException">It is another one, or was written to.</exception>
    public static void CheckOpened(InputDetails input, Stream opened)
    {
        if (opened.Length != input.Length || input.Local!.Stamp(opened) != input.Stamp)
        {
            throw Changed(input);
        }
    }

    /// <exception cref="ImaException">It begins otherwise.</exception>
    public static void CheckStart(InputDetails input, ReadOnlySpan<byte> first)
    {
        if (!first.StartsWith(input.Start.Span))
        {
            throw Changed(input);
        }
    }

    /// <summary>Once all bytes were read: writing to the file in the meantime changes its stamp.</summary>
    /// <exception cref="ImaException">It has another length, or was written to.</exception>
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
        const string Reason = "it was changed after it had been looked at";
        return UploadErrors.Create(input.Name, Reason, cause: new IOException(Reason));
    }
}
