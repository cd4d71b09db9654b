namespace ImaNanoBanana;

/// <summary>Whether credits were spent.</summary>
public enum ImaCharge
{
    /// <summary>No credits were spent.</summary>
    No,

    /// <summary>Credits were spent. Whether the service gives them back for a failed task is not known.</summary>
    Yes,

    /// <summary>Credits may have been spent; nobody on this side can tell.</summary>
    Unknown,
}
