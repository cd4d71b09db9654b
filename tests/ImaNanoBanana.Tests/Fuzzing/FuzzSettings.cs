using System.Globalization;

namespace ImaNanoBanana.Tests.Fuzzing;

/// <summary>How many answers are generated, and which: docs/CONTRIBUTING.md has the command for more of them.</summary>
internal static class FuzzSettings
{
    // A run of all tests does a quarter of them; the optimized build, which is three times as fast, does the others.
#if NET10_0_OR_GREATER
    private const int UsualCount = 25_000;
    private const int UsualSeed = 20260401;
#else
    private const int UsualCount = 75_000;
    private const int UsualSeed = 20260402;
#endif

    /// <summary>The number of bad answers; a call uses one or several.</summary>
    public static int Count => Number("IMA_FUZZ_COUNT") ?? UsualCount;

    public static int Seed => Number("IMA_FUZZ_SEED") ?? UsualSeed;

    /// <summary>The single case to run again.</summary>
    public static int? OnlyCase => Number("IMA_FUZZ_CASE");

    /// <summary>Every case has its own random numbers, so that it can be run alone.</summary>
    public static Random RandomOf(int seed, int number) => new(unchecked((seed * 1_000_003) ^ (number * 7919)));

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
