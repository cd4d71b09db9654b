namespace ImaNanoBanana.PackageTests;

public class PackageValidationTests(PackedPackages packages)
{
    [Fact]
    public async Task A_member_of_only_the_older_framework_stops_the_packing()
    {
        const string Source = """
            #if !NET10_0_OR_GREATER
            namespace ImaNanoBanana.Testing;

            /// <summary>An app would lose it when it moves to the newer framework.</summary>
            public sealed class OnlyThere;
            #endif
            """;

        var (code, output) = await packages.TryPackWithAsync("ImaNanoBanana.Testing.Server", Source);

        Assert.Equal(1, code);
        Assert.Contains(
            "error CP0001: Type 'ImaNanoBanana.Testing.OnlyThere' exists on lib/net8.0/ImaNanoBanana.Testing.Server.dll but not on "
                + "lib/net10.0/ImaNanoBanana.Testing.Server.dll",
            output,
            StringComparison.Ordinal);
    }
}
