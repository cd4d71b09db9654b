using ImaNanoBanana;

namespace ImaNanoBanana.QuickStart;

/// <summary>Represents the command line: a prompt and a few options.</summary>
internal sealed record Arguments(ImageRequest Request, string? Output)
{
    public const string Usage = """
        Usage: dotnet run --project samples/ImaNanoBanana.QuickStart -- "what the image shows" [options]
          --image FILE|URL       a source image; can be repeated
          --model ID             gemini-3.1-flash-image (default) or gemini-3-pro-image
          --size SIZE            512px, 1K, 2K or 4K
          --aspect-ratio W:H     for example 16:9
          -o, --output FILE      where to save the image; default: out/PROMPT.png
        If IMA_API_KEY is set, this generates one image with IMA Studio and spends credits. Otherwise, it uses the built-in simulator.
        """;

    /// <returns>The arguments, or null with a description of the problem if the command line is not valid.</returns>
    public static (Arguments? Arguments, string? Problem) Parse(IReadOnlyList<string> args)
    {
        var words = new List<string>();
        var images = new List<ImageInput>();
        var request = new ImageRequest("");
        string? output = null;
        for (var index = 0; index < args.Count; index++)
        {
            var option = args[index];
            if (!option.StartsWith('-'))
            {
                words.Add(option);
                continue;
            }

            if (index + 1 == args.Count)
            {
                return (null, $"{option} requires a value.");
            }

            var value = args[++index];
            switch (option)
            {
                case "--image":
                    images.Add(value.Contains("://", StringComparison.Ordinal) ? ImageInput.FromUrl(value) : ImageInput.FromFile(value));
                    break;
                case "--model":
                    request = request with { Model = new ImageModel(value) };
                    break;
                case "--size":
                    request = request with { Size = new ImageSize(value) };
                    break;
                case "--aspect-ratio":
                    request = request with { AspectRatio = new AspectRatio(value) };
                    break;
                case "-o" or "--output":
                    output = value;
                    break;
                default:
                    return (null, $"Unknown option {option}.");
            }
        }

        return words.Count == 0
            ? (null, "Describe what the image shows.")
            : (new Arguments(request with { Prompt = string.Join(' ', words), Images = images }, output), null);
    }
}
