using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ImaNanoBanana.Analyzers;

/// <summary>Recognizes the SDK's methods. Null without a reference to the SDK.</summary>
internal sealed class ClientCalls
{
    private static readonly string[] Charged = ["GenerateAsync", "SubmitAsync", "GenerateStreamingAsync", "StreamMessagesAsync"];
    private static readonly string[] Streams = ["GenerateStreamingAsync", "GenerateBatchAsync", "StreamMessagesAsync"];

    private static readonly string[] ChargedOfGenerator = ["GenerateAsync", "GenerateImagesAsync", "EditImageAsync", "EditImagesAsync"];

    private readonly INamedTypeSymbol _interface;
    private readonly INamedTypeSymbol?[] _extensions;

    /// <summary>The abstraction of Microsoft.Extensions.AI, if the app uses the SDK's generator.</summary>
    private readonly INamedTypeSymbol?[] _generators = [];

    private ClientCalls(INamedTypeSymbol client, Compilation compilation)
    {
        _interface = client;
        _extensions =
        [
            compilation.GetTypeByMetadataName("ImaNanoBanana.ImaImageClientExtensions"),
            compilation.GetTypeByMetadataName("ImaNanoBanana.ImaMessageExtensions"),
        ];
        if (compilation.GetTypeByMetadataName("ImaNanoBanana.ImaImageGenerationProperties") is not null)
        {
            _generators =
            [
                compilation.GetTypeByMetadataName("Microsoft.Extensions.AI.IImageGenerator"),
                compilation.GetTypeByMetadataName("Microsoft.Extensions.AI.ImageGeneratorExtensions"),
            ];
        }
    }

    public static ClientCalls? Find(Compilation compilation) =>
        compilation.GetTypeByMetadataName("ImaNanoBanana.IImaImageClient") is { } client ? new ClientCalls(client, compilation) : null;

    /// <summary>Whether each call submits a request and is charged.</summary>
    public bool IsCharged(IInvocationOperation call) =>
        (Charged.Contains(call.TargetMethod.Name) && IsOfClient(call.TargetMethod) && Submitted(call) is not null)
            || (ChargedOfGenerator.Contains(call.TargetMethod.Name)
                && _generators.Contains(call.TargetMethod.ContainingType.OriginalDefinition, SymbolEqualityComparer.Default));

    /// <summary>Whether the returned stream stands for one submission.</summary>
    public bool IsSingleUseStream(IInvocationOperation call) =>
        Streams.Contains(call.TargetMethod.Name)
            && IsOfClient(call.TargetMethod)
            && (call.TargetMethod.Name == "GenerateBatchAsync" || Submitted(call) is not null);

    /// <summary>The request or the quote that is submitted, or null if the call is about a task that exists.</summary>
    public static IOperation? Submitted(IInvocationOperation call) =>
        call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name is "request" or "quote")?.Value;

    private bool IsOfClient(IMethodSymbol method)
    {
        var type = method.ContainingType.OriginalDefinition;
        return SymbolEqualityComparer.Default.Equals(type, _interface)
            || _extensions.Contains(type, SymbolEqualityComparer.Default)
            || type.AllInterfaces.Contains(_interface, SymbolEqualityComparer.Default);
    }
}
