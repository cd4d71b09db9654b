using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace ImaNanoBanana.Samples;

/// <summary>
/// Reads the number of an option. The parser's own conversion throws an exception if another part reads a value that is not valid.
/// </summary>
internal static class NumberOption
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    /// <param name="result">The argument from the command line.</param>
    /// <param name="least">The minimum value.</param>
    /// <param name="most">The maximum value.</param>
    /// <param name="error">The error message for any other text. It names the option.</param>
    /// <returns>The number, or null together with the error.</returns>
    public static T? Read<T>(ArgumentResult result, T least, T most, string error)
        where T : struct, INumber<T>
    {
        if (result.Tokens.Count == 1 && T.TryParse(result.Tokens[0].Value, Style, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most)
        {
            return value;
        }

        result.AddError(error);
        return null;
    }
}
