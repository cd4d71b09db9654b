namespace ImaNanoBanana.AotSmoke;

internal static class ValueChecks
{
    public static IEnumerable<Check> All =>
    [
        new("values of the service that this version does not know", Values),
        new("records as text", Records),
    ];

    private static void Values()
    {
        Expect.That(new ImageSize("16K") == new ImageSize("16K") && new ImageSize("16K") != ImageSize.Size4K);
        Expect.Equal(
            $"gemini-4 3:1 video_to_image",
            $"{new ImageModel("gemini-4")} {new AspectRatio("3:1")} {new ImageTaskType("video_to_image")}");
        Expect.That(new ImaLanguage("zh") == ImaLanguage.Chinese && ImaLanguage.English != ImaLanguage.Chinese);
    }

    private static void Records()
    {
        var request = new ImageRequest("a puppy") { Size = ImageSize.Size1K };

        Expect.That(request == new ImageRequest("a puppy") { Size = ImageSize.Size1K });
        Expect.That(request.ToString().Contains("1K", StringComparison.Ordinal));
    }
}
