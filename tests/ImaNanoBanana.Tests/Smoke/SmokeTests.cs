using System.Reflection;
using System.Text.RegularExpressions;
using ImaNanoBanana.Tests.Api;

namespace ImaNanoBanana.Tests.Smoke;

/// <summary>
/// The calls of tests/ImaNanoBanana.AotSmoke, read from its compiled form, so that no new operation is missing when it is published
/// native.
/// </summary>
public partial class SmokeTests
{
    private const int FirstReferenceToMember = 0x0A000001;

    [Fact]
    public void Smoke_program_calls_every_public_operation()
    {
        var called = Called(Assembly.Load("ImaNanoBanana.AotSmoke").ManifestModule).ToHashSet();

        var missed = Operations().Where(operation => !called.Contains(operation)).Select(
            operation => $"{operation.DeclaringType!.Name}: {operation}").ToList();

        Assert.True(missed.Count == 0, "tests/ImaNanoBanana.AotSmoke does not call:\n" + string.Join('\n', missed));
    }

    [Fact]
    public void Operations_are_found_in_every_package_for_apps()
    {
        var operations = Operations().ToList();

        Assert.Contains(
            operations,
            operation => operation.Name == nameof(IImaImageClient.GenerateStreamingAsync)
                && operation.DeclaringType == typeof(IImaImageClient));
        Assert.Equal(2, operations.Count(operation => operation.Name == nameof(ImaImageClientExtensions.SaveAsync)));
        Assert.Equal(
            Packages.All.Where(IsShipped).Select(assembly => assembly.GetName().Name),
            operations.Select(operation => operation.Module.Assembly.GetName().Name).Distinct());
    }

    /// <summary>A hidden warning of the trimmer or the native compiler would become a failure in a user's app.</summary>
    [Fact]
    public void Sources_suppress_no_publishing_warning() => Assert.Empty(
        from file in Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src"), "*", SearchOption.AllDirectories)
        where Path.GetExtension(file) is ".cs" or ".csproj"
            && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        from Match match in Hidden().Matches(File.ReadAllText(file))
        select $"{Path.GetFileName(file)}: {match.Value}");

    /// <summary>Methods that an app calls; an interface implementation is called through its interface.</summary>
    private static IEnumerable<MethodBase> Operations() =>
        from method in Packages.PublicMethods
        where IsShipped(method.Module.Assembly) && !IsOverride(method) && !Implements(method)
        select method;

    private static bool IsShipped(Assembly package) => !package.GetName().Name!.Contains(".Testing", StringComparison.Ordinal);

    private static bool IsOverride(MethodInfo method) => method.GetBaseDefinition().DeclaringType != method.DeclaringType;

    private static bool Implements(MethodInfo method) => !method.IsStatic && !method.DeclaringType!.IsInterface
        && method.DeclaringType.GetInterfaces().Any(type => method.DeclaringType.GetInterfaceMap(type).TargetMethods.Contains(method));

    private static IEnumerable<MethodBase> Called(Module module)
    {
        for (var token = FirstReferenceToMember; ; token++)
        {
            MemberInfo? member;
            try
            {
                // The program's own generics are resolved for a type that each of them accepts.
                member = module.ResolveMember(token, [typeof(ImaException)], [typeof(ImaException)]);
            }
            catch (ArgumentOutOfRangeException)
            {
                yield break;
            }

            if (member is MethodBase method)
            {
                yield return method;
            }
        }
    }

    [GeneratedRegex(@"UnconditionalSuppressMessage|RequiresUnreferencedCode|RequiresDynamicCode|NoWarn|\bIL[23]\d{3}\b")]
    private static partial Regex Hidden();
}
