namespace ImaNanoBanana;

/// <summary>Specifies whether credits were spent.</summary>
public enum ImaChargeStatus
{
    /// <summary>No credits were spent.</summary>
    NotCharged,

    /// <summary>Credits were spent. Whether the service refunds them for a failed task is unknown.</summary>
    Charged,

    /// <summary>Credits may have been spent. The client cannot determine whether they were.</summary>
    Unknown,
}
