using System.CodeDom.Compiler;
using System.Reflection;
using System.Runtime.CompilerServices;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Tests.Api;

/// <summary>What apps rely on in everything that ships, and no compiler or analyzer looks at.</summary>
public class DesignTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly List<Type> AllTypes = [.. Packages.All.SelectMany(assembly => assembly.GetTypes())];

    [Fact]
    public void Every_async_method_can_be_cancelled_and_needs_no_token() => Assert.Equal(
        [$"{nameof(ImaSimulatorServer)}.{nameof(IAsyncDisposable.DisposeAsync)}"],
        Packages.PublicMethods.Where(method => IsAsync(method.ReturnType) && !EndsWithOptionalToken(method)).Select(Name));

    /// <summary>Whoever catches ImaException and OperationCanceledException has caught all that the SDK throws of its own.</summary>
    [Fact]
    public void Every_error_is_an_ImaException_or_a_cancellation() => Assert.DoesNotContain(
        AllTypes,
        type => type.IsSubclassOf(typeof(Exception))
            && !type.IsAssignableTo(typeof(ImaException))
            && !type.IsAssignableTo(typeof(OperationCanceledException)));

    /// <summary>An exception in one would end the app's process.</summary>
    [Fact]
    public void Nothing_is_async_void() => Assert.Empty(AllTypes.SelectMany(type => type.GetMethods(Declared))
        .Where(method => method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute))).Select(Name));

    /// <summary>Two clients in one process, and two tests of an app, have nothing in common.</summary>
    [Fact]
    public void No_state_is_shared_by_the_process() => Assert.Empty(AllTypes.SelectMany(type => type.GetFields(Declared))
        .Where(field => field is { IsStatic: true, IsInitOnly: false, IsLiteral: false } && !IsOfTheCompiler(field)).Select(Name));

    private static string Name(MemberInfo member) => $"{member.DeclaringType!.Name}.{member.Name}";

    private static bool EndsWithOptionalToken(MethodInfo method) =>
        method.GetParameters() is [.., { HasDefaultValue: true } last] && last.ParameterType == typeof(CancellationToken);

    private static bool IsAsync(Type type) => type == typeof(Task) || type == typeof(ValueTask)
        || (type.IsGenericType && type.GetGenericTypeDefinition() is var generic
            && (generic == typeof(Task<>) || generic == typeof(ValueTask<>) || generic == typeof(IAsyncEnumerable<>)));

    /// <summary>Caches of lambdas and generated code. The field behind a static property is not among them.</summary>
    private static bool IsOfTheCompiler(FieldInfo field) =>
        field.DeclaringType!.IsDefined(typeof(CompilerGeneratedAttribute)) || field.IsDefined(typeof(GeneratedCodeAttribute))
        || field.DeclaringType!.IsDefined(typeof(GeneratedCodeAttribute));
}
