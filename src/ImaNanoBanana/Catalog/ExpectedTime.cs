using System.Globalization;
using System.Text.RegularExpressions;

namespace ImaNanoBanana.Catalog;

/// <summary>Represents how long a model is expected to take, from the tag <c>EET</c> of the product list.</summary>
internal readonly partial record struct ExpectedTime(TimeSpan AtLeast, TimeSpan AtMost)
{
    private const int LongestSeconds = 3600;

    /// <summary>The expected time of a model whose leaf does not specify one.</summary>
    public static ExpectedTime? Usual(ImageModel model)
    {
        if (model == ImageModel.NanoBanana2)
        {
            return FromSeconds(20, 40);
        }

        if (model == ImageModel.NanoBananaPro)
        {
            return FromSeconds(60, 120);
        }

        return null;
    }

    /// <summary>Parses a tag such as <c>20~35s</c>; null if it contains nothing usable.</summary>
    public static ExpectedTime? Parse(string? tag)
    {
        var match = tag is null ? Match.Empty : Range().Match(tag);
        return match.Success
            && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var least)
            && int.TryParse(match.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var most)
            && most is > 0 and <= LongestSeconds && least <= most
                ? FromSeconds(least, most)
                : null;
    }

    private static ExpectedTime FromSeconds(int least, int most) => new(TimeSpan.FromSeconds(least), TimeSpan.FromSeconds(most));

    [GeneratedRegex(@"^\s*([0-9]{1,6})\s*[~-]\s*([0-9]{1,6})\s*s?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Range();
}
