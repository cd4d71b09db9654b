namespace ImaNanoBanana.Messages.Words;

/// <summary>Says how a word of the vocabulary may be read in a sentence. The first five kinds are choices.</summary>
internal enum ChoiceWordKind
{
    /// <summary>A choice that hardly means anything else: <c>4K</c>, <c>竖图</c>, <c>nano banana pro</c>.</summary>
    Clear,

    /// <summary>A choice that is also an ordinary word: <c>square</c>, <c>wide</c>, <c>pro</c>.</summary>
    Common,

    /// <summary>A size without a figure: <c>高清</c>, <c>HD</c>. An explicit size comes before it.</summary>
    Vague,

    /// <summary>A word that praises in most sentences and means a model only beside the word "model": <c>best</c>, <c>最好</c>.</summary>
    Praise,

    /// <summary>A size in pixels without a unit, which may be a year or an address: <c>1024</c>.</summary>
    Number,

    /// <summary><c>in</c>.</summary>
    In,

    /// <summary><c>at</c>.</summary>
    At,

    /// <summary><c>with</c>.</summary>
    With,

    /// <summary><c>use</c>, <c>用</c>.</summary>
    Use,

    /// <summary>What a choice sets: <c>resolution</c>, <c>比例</c>.</summary>
    Noun,

    /// <summary><c>model</c>, <c>模型</c>.</summary>
    Model,

    /// <summary><c>the</c>, <c>a</c>.</summary>
    Article,

    /// <summary>A filler: <c>and</c>, <c>的</c>, <c>please</c>.</summary>
    Joint,

    /// <summary><c>一张</c>.</summary>
    Measure,

    /// <summary>What the app is asked to do: <c>draw</c>, <c>画</c>.</summary>
    Verb,

    /// <summary>The <c>to</c> of "use Pro to draw".</summary>
    Purpose,

    /// <summary>A kind of picture that a clear choice may describe: <c>海报</c>.</summary>
    Picture,

    /// <summary><c>not</c>, <c>不</c>.</summary>
    Negation,

    /// <summary><c>or</c>, <c>还是</c>.</summary>
    Alternative,

    /// <summary>A colon.</summary>
    Colon,

    /// <summary>What follows the kind of picture and says what it shows: <c>for</c>, <c>of</c>.</summary>
    About,

    /// <summary>A word that comes close to a choice and is never taken: <c>vertical</c>, <c>1080p</c>.</summary>
    Near,

    /// <summary>A ratio that no model lists. It may be a score or a time of day.</summary>
    Unlisted,

    /// <summary>Any other word.</summary>
    Other,
}
