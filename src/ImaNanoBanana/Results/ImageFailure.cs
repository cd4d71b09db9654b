namespace ImaNanoBanana;

/// <summary>One image of a task that the service did not deliver (wire contract, section 3).</summary>
/// <param name="Reason">The service's own reason, or a general text where it gave none.</param>
/// <param name="IsDeleted">Whether the service says that the image was deleted, rather than that it failed.</param>
public sealed record ImageFailure(string Reason, bool IsDeleted);
