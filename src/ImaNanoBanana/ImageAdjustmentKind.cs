namespace ImaNanoBanana;

/// <summary>What the SDK changed about a request.</summary>
public enum ImageAdjustmentKind
{
    /// <summary>8K is not offered; 4K was ordered.</summary>
    Size8KTo4K,
}
