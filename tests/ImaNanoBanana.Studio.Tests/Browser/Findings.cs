namespace ImaNanoBanana.Studio.Tests.Browser;

/// <summary>What a test has found in a page and must not be there.</summary>
internal static class Findings
{
    /// <summary>Fails with all of them in full, which the assertions for collections shorten.</summary>
    public static void AssertNone(IEnumerable<string> findings)
    {
        var all = string.Join('\n', findings);
        Assert.True(all.Length == 0, all);
    }
}
