using ImaNanoBanana.Studio.Api;

namespace ImaNanoBanana.Studio.Storage;

/// <summary>One image that a visitor asked for.</summary>
/// <param name="Id">The id, also the idempotency key of its submission. Later images have greater ids.</param>
/// <param name="Visitor">Whose image it is.</param>
/// <param name="ClientKey">The key that the client chose, unique for the visitor.</param>
/// <param name="Order">What was asked for.</param>
/// <param name="State">How far it is.</param>
/// <param name="Details">What is known about it.</param>
internal sealed record StoredImage(string Id, string Visitor, string ClientKey, Order Order, ImageState State, ImageDetails Details)
{
    /// <summary>Grows with each change.</summary>
    public long Revision { get; init; } = 1;

    /// <summary>By the clock of the database.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>By the clock of the database.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    public bool HasEnded => State is ImageState.Finished or ImageState.Failed or ImageState.Unknown;
}
