using System.Globalization;

namespace ImaNanoBanana.Tests.Fuzzing;

/// <summary>How many answers are made up, and which: docs/CONTRIBUTING.md has the command for more of them.</summary>
internal static class FuzzSettings
{
    // Whoever runs all tests waits for a quarter; the optimized build, which is three times as fast, makes up the others.
#if NET10_0_OR_GREATER
    private const int UsualCount = 25_000;
    private const int UsualSeed = 20260401;
#else
    private const int UsualCount = 75_000;
    private const int UsualSeed = 20260402;
#endif

    /// <summary>Bad answers; a call takes one or several.</summary>
    public static int Count => Number("IMA_FUZZ_COUNT") ?? UsualCount;

    public static int Seed => Number("IMA_FUZZ_SEED") ?? UsualSeed;

    /// <summary>The one case to run again.</summary>
    public static int? OnlyCase => Number("IMA_FUZZ_CASE");

    /// <summary>Every case draws from numbers of its own, so that it can be run alone.</summary>
    public static Random RandomOf(int seed, int number) => new(unchecked((seed * 1_000_003) ^ (number * 7919)));

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
