using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace ImaNanoBanana.Samples;

/// <summary>
/// Reads the number of an option. The parser's own reading fails with an exception where something looks at a value that is
/// none.
/// </summary>
internal static class NumberOption
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    /// <param name="result">What the command line says.</param>
    /// <param name="least">The least value.</param>
    /// <param name="most">The greatest value.</param>
    /// <param name="error">What to say of any other text; names the option.</param>
    /// <returns>The number; null with the error.</returns>
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
