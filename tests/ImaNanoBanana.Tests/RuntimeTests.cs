using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using ImaNanoBanana.Tests.Api;

namespace ImaNanoBanana.Tests;

/// <summary>The results come from the intended build and runtime.</summary>
public class RuntimeTests
{
    [Fact]
    public void Libraries_under_test_are_built_for_the_framework_of_the_tests()
    {
        var tested = typeof(RuntimeTests).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName;

        Assert.All(
            Api.Packages.All, package => Assert.Equal(tested, package.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName));
    }

    [Fact]
    public void Runtime_is_the_expected_one()
    {
        // tests/run-on-net8.sh sets it.
        var expected = Environment.GetEnvironmentVariable("IMA_EXPECTED_RUNTIME") ?? ".NET 10.";
        Console.WriteLine($"The runtime is {RuntimeInformation.FrameworkDescription}.");

        Assert.StartsWith(expected, RuntimeInformation.FrameworkDescription, StringComparison.Ordinal);
    }
}
