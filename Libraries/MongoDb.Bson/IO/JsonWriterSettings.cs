namespace MongoDB.Bson.IO;

/// <summary>Settings of <see cref="JsonWriter"/>.</summary>
public class JsonWriterSettings : BsonWriterSettings
{
    private bool _indent;
    private string _indentChars = "  ";
    private string _newLineChars = Environment.NewLine;
    private JsonOutputMode _outputMode = JsonOutputMode.RelaxedExtendedJson;
    private Version _shellVersion;

    public bool Indent
    {
        get => _indent;
        set => Change(ref _indent, value);
    }

    public string IndentChars
    {
        get => _indentChars;
        set => Change(ref _indentChars, value);
    }

    public string NewLineChars
    {
        get => _newLineChars;
        set => Change(ref _newLineChars, value);
    }

    public JsonOutputMode OutputMode
    {
        get => _outputMode;
        set => Change(ref _outputMode, value);
    }

    /// <summary>The version of the shell that shall read the text; null means any.</summary>
    public Version ShellVersion
    {
        get => _shellVersion;
        set => Change(ref _shellVersion, value);
    }

    public static JsonWriterSettings Defaults { get; set; } = new();

    public new JsonWriterSettings Clone() => (JsonWriterSettings)CloneImplementation();

    protected override BsonWriterSettings CloneImplementation() => (BsonWriterSettings)MemberwiseClone();
}
