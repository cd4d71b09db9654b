namespace ImaNanoBanana;

/// <summary>Says why a result has fewer images than were charged. Pure.</summary>
internal static class UndeliveredImages
{
    private const string NotListed = "the service had not listed this image when the wait ended: get the task again later";

    public static IEnumerable<string> Reasons(ImageResult result) =>
        result.Failures.Select(failure => failure.Reason).Concat(Enumerable.Repeat(NotListed, result.MissingCount));
}
