using System.Reflection;
using System.Runtime.CompilerServices;
using ImaNanoBanana.Tests.Api;
using static ImaNanoBanana.Tests.Conventions.Breaches;

namespace ImaNanoBanana.Tests.Conventions;

public class MethodConventionTests
{
    [Fact]
    public void Async_methods_say_so_in_their_names() => AreNone(PublicMethods()
        .Where(method => IsAsync(method.ReturnType) != method.Name.EndsWith("Async", StringComparison.Ordinal)).Select(Name));

    [Fact]
    public void Async_methods_end_with_an_optional_token() => AreOnly(
        PublicMethods().Where(method => IsAsync(method.ReturnType) && !EndsWithOptionalToken(method)).Select(Name),
        ("ImaSimulatorServer.DisposeAsync", "IAsyncDisposable has it so."));

    [Fact]
    public void Nothing_takes_more_than_six_parameters() => AreNone(
        PublicMethods().Concat<MethodBase>(PublicConstructors()).Where(method => method.GetParameters().Length > 6).Select(Name));

    [Fact]
    public void Nothing_is_async_void() => AreNone(
        Methods(Packages.All.SelectMany(assembly => assembly.GetTypes()))
            .Where(method => method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute))).Select(Name));

    private static bool EndsWithOptionalToken(MethodInfo method) =>
        method.GetParameters() is [.., { HasDefaultValue: true } last] && last.ParameterType == typeof(CancellationToken);

    private static bool IsAsync(Type type) => type == typeof(Task) || type == typeof(ValueTask)
        || (type.IsGenericType && type.GetGenericTypeDefinition() is var generic
            && (generic == typeof(Task<>) || generic == typeof(ValueTask<>) || generic == typeof(IAsyncEnumerable<>)));
}
