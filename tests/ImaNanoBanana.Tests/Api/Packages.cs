using System.Reflection;
using System.Runtime.CompilerServices;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Tests.Api;

/// <summary>The shipped assemblies, one for each package.</summary>
internal static class Packages
{
    public static IReadOnlyList<Assembly> All { get; } =
        [
            typeof(IImaImageClient).Assembly,
            typeof(ImaImageGenerationProperties).Assembly,
            typeof(PostgreSqlOptions).Assembly,
            typeof(ImaSimulator).Assembly,
            typeof(ImaSimulatorServer).Assembly,
        ];

    /// <summary>The methods that an app calls, without those that the compiler generates for properties, operators and records.</summary>
    public static IEnumerable<MethodInfo> PublicMethods { get; } =
    [
        .. from assembly in All
           from type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal)
           where !type.IsSubclassOf(typeof(Delegate))
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
           where !method.IsSpecialName && !method.IsDefined(typeof(CompilerGeneratedAttribute))
           select method,
    ];

    public static Assembly Find(string name) => All.Single(assembly => assembly.GetName().Name == name);
}
