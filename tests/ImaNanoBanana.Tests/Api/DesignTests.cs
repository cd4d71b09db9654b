using System.CodeDom.Compiler;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ImaNanoBanana.Tests.Api;

/// <summary>Rules that apps rely on in every package and that no compiler or analyzer checks.</summary>
public class DesignTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly List<Type> AllTypes = [.. Packages.All.SelectMany(assembly => assembly.GetTypes())];

    [Fact]
    public void Every_async_method_can_be_cancelled_and_needs_no_token() => Assert.Empty(
        Packages.PublicMethods.Where(method => IsAsync(method.ReturnType) && !EndsWithOptionalToken(method))
            .Where(method => method.Name != nameof(IAsyncDisposable.DisposeAsync)).Select(Name));

    /// <summary>
    /// An app that catches ImaException and OperationCanceledException has caught every exception that the SDK throws itself.
    /// </summary>
    [Fact]
    public void Every_error_is_an_ImaException_or_a_cancellation() => Assert.DoesNotContain(
        AllTypes,
        type => type.IsSubclassOf(typeof(Exception))
            && !type.IsAssignableTo(typeof(ImaException))
            && !type.IsAssignableTo(typeof(OperationCanceledException)));

    /// <summary>An exception in an async void method would end the app's process.</summary>
    [Fact]
    public void Nothing_is_async_void() => Assert.Empty(AllTypes.SelectMany(type => type.GetMethods(Declared))
        .Where(method => method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute))).Select(Name));

    /// <summary>Two clients in one process, or two tests of an app, must not share state.</summary>
    [Fact]
    public void No_state_is_shared_by_the_process() => Assert.Empty(AllTypes.SelectMany(type => type.GetFields(Declared))
        .Where(field => field is { IsStatic: true, IsInitOnly: false, IsLiteral: false } && !IsOfTheCompiler(field)).Select(Name));

    private static string Name(MemberInfo member) => $"{member.DeclaringType!.Name}.{member.Name}";

    private static bool EndsWithOptionalToken(MethodInfo method) =>
        method.GetParameters() is [.., { HasDefaultValue: true } last] && last.ParameterType == typeof(CancellationToken);

    private static bool IsAsync(Type type) => type == typeof(Task) || type == typeof(ValueTask)
        || (type.IsGenericType && type.GetGenericTypeDefinition() is var generic
            && (generic == typeof(Task<>) || generic == typeof(ValueTask<>) || generic == typeof(IAsyncEnumerable<>)));

    /// <summary>Caches of lambdas and generated code. The backing field of a static property is not one of them.</summary>
    private static bool IsOfTheCompiler(FieldInfo field) =>
        field.DeclaringType!.IsDefined(typeof(CompilerGeneratedAttribute)) || field.IsDefined(typeof(GeneratedCodeAttribute))
        || field.DeclaringType!.IsDefined(typeof(GeneratedCodeAttribute));
}
