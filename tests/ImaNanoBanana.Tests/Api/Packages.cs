using System.Reflection;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Tests.Api;

/// <summary>What ships: one assembly for each package.</summary>
internal static class Packages
{
    public static IReadOnlyList<Assembly> All { get; } =
        [typeof(IImaImageClient).Assembly, typeof(ImaImageGenerationProperties).Assembly, typeof(ImaSimulator).Assembly, typeof(ImaSimulatorServer).Assembly];

    public static IReadOnlyList<Type> PublicTypes { get; } = [.. All.SelectMany(assembly => assembly.GetExportedTypes()).OrderBy(type => type.FullName, StringComparer.Ordinal)];

    /// <summary>What the source declares and the compiler did not make up.</summary>
    public static IReadOnlyList<Type> WrittenTypes { get; } = [.. All.SelectMany(assembly => assembly.GetTypes()).Where(type => !type.Name.Contains('<', StringComparison.Ordinal))];

    public static Assembly Find(string name) => All.Single(assembly => assembly.GetName().Name == name);
}
