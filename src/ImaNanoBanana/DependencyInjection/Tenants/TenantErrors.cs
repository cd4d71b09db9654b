using ImaNanoBanana.Errors;
using ImaNanoBanana.Masking;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.DependencyInjection.Tenants;

/// <summary>Creates the errors for the keys of tenants. Pure.</summary>
internal static class TenantErrors
{
    private const string NothingSent = " Nothing was sent.";

    public static ImaException NoKey(string tenantId) => new(
        ImaErrorKind.Unauthorized,
        $"There is no API key for the tenant '{UntrustedText.Line(tenantId)}'. Check the id of the tenant. Then return its key from the "
            + "callback of AddImaImageClientFactory, or pass it to CreateClient." + NothingSent);

    public static ImaException Malformed(string tenantId, string problem) => new(
        ImaErrorKind.Unauthorized, $"The API key of the tenant '{UntrustedText.Line(tenantId)}' cannot be used. {problem}" + NothingSent);

    public static ImaException NotRead(string tenantId, Exception cause) => new(
        ImaErrorKind.NotSent,
        $"The API key of the tenant '{UntrustedText.Line(tenantId)}' could not be read "
            + $"({UntrustedText.Line(AppCallback.Message(cause))!.TrimEnd('.')}). Check the callback of "
            + "AddImaImageClientFactory." + NothingSent,
        cause);

    /// <summary>Names the tenant in an error about its key, which the service rejected without naming it.</summary>
    public static void Name(ImaException error, string tenantId)
    {
        if (error.Kind == ImaErrorKind.Unauthorized || error.Code is ServiceCode.Unauthorized or ServiceCode.Forbidden)
        {
            var name = $"'{UntrustedText.Line(tenantId)}'";
            error.AddToMessage(error.Message.Contains(name, StringComparison.Ordinal) ? "" : $" The tenant is {name}.");
        }
    }
}
