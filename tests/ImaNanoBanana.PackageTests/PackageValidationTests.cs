namespace ImaNanoBanana.PackageTests;

public class PackageValidationTests(PackedPackages packages)
{
    [Theory]
    [InlineData("!NET10_0_OR_GREATER", "net8.0", "net10.0")]
    [InlineData("NET10_0_OR_GREATER", "net10.0", "net8.0")]
    public async Task A_member_of_only_one_framework_stops_the_packing(string condition, string there, string missing)
    {
        var source = $"""
            #if {condition}
            namespace ImaNanoBanana.Testing;

            /// <summary>An app would lose it when it moves to the other framework.</summary>
            public sealed class OnlyThere;
            #endif
            """;

        var (code, output) = await packages.TryPackWithAsync("ImaNanoBanana.Testing.Server", source);

        Assert.Equal(1, code);
        Assert.Contains(
            $"error CP0001: Type 'ImaNanoBanana.Testing.OnlyThere' exists on lib/{there}/ImaNanoBanana.Testing.Server.dll but not on "
                + $"lib/{missing}/ImaNanoBanana.Testing.Server.dll",
            output,
            StringComparison.Ordinal);
    }
}
