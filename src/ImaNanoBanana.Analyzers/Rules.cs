using Microsoft.CodeAnalysis;

namespace ImaNanoBanana.Analyzers;

/// <summary>The rules that a developer sees.</summary>
internal static class Rules
{
    public static readonly DiagnosticDescriptor RepeatedCharge = new(
        "IMA0001",
        "A charged call is repeated without an idempotency key",
        "'{0}' may be called again here, and each call is charged. Set ImageRequest.IdempotencyKey, so that a repeated call returns the "
            + "existing task.",
        "Cost",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The SDK repeats what is safe to repeat itself. A retry around a charged call submits again, unless the request has "
            + "an idempotency key.");

    public static readonly DiagnosticDescriptor StreamEnumeratedTwice = new(
        "IMA0002",
        "A stream of one submission is enumerated twice",
        "'{0}' stands for one submission and throws an InvalidOperationException if it is enumerated again. Enumerate it once, or call "
            + "'{1}' again.",
        "Usage",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor ClientForEachCall = new(
        "IMA0003",
        "A client is created for each call",
        "Create one ImaImageClient and keep it, or call AddImaNanoBanana: each client has its own connections, request limiter and "
            + "product list",
        "Usage",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor KeyInSource = new(
        "IMA0004",
        "An API key is in the source code",
        "This text looks like an API key. Anyone who reads the source can spend its credits. Revoke it, and read the key from the "
            + "environment variable IMA_API_KEY or a secret store.",
        "Security",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true);
}
