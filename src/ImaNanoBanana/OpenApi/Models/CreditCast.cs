using System.Text.Json;

namespace ImaNanoBanana.OpenApi.Models;

/// <summary>The price repeated inside the parameters, as the catalog writes it (wire contract, section 2).</summary>
internal sealed class CreditCast
{
    public required JsonElement Points { get; init; }

    public required JsonElement AttributeId { get; init; }
}
