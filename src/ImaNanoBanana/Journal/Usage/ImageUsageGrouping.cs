namespace ImaNanoBanana;

/// <summary>Specifies by what a usage report sums.</summary>
public enum ImageUsageGrouping
{
    /// <summary>By <see cref="ImageRequest.Tag"/>. Submissions without a tag have the empty key.</summary>
    Tag,

    /// <summary>By the id of the model. Submissions whose model is not known have the empty key.</summary>
    Model,

    /// <summary>By the day of the submission in UTC, such as <c>2026-11-29</c>.</summary>
    Day,
}
