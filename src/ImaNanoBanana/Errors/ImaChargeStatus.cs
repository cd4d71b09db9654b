namespace ImaNanoBanana;

/// <summary>Whether credits were spent.</summary>
public enum ImaChargeStatus
{
    /// <summary>No credits were spent.</summary>
    NotCharged,

    /// <summary>Credits were spent. Whether the service gives them back for a failed task is not known.</summary>
    Charged,

    /// <summary>Credits may have been spent; nobody on this side can tell.</summary>
    Unknown,
}
