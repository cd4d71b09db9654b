using System.Text.Json;

namespace ImaNanoBanana.OpenApi.Models;

/// <summary>Represents the price that is repeated inside the parameters, as the product list writes it.</summary>
internal sealed class CreditCast
{
    public required JsonElement Points { get; init; }

    public required JsonElement AttributeId { get; init; }
}
