"""Alembic revisions are read as text: the class of each operation, the way back, and that nothing of them is run."""

import io
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from adapters.evidence.migrations.alembic import is_revision, read_alembic
from adapters.evidence.migrations.reading import Change, settled
from adapters.evidence.migrations.sql import read_sql

HEAD = """\"\"\"About.\"\"\"

from alembic import context, op
import sqlalchemy as sa

revision = "2"
down_revision = {down}
KEPT = "COMMENT ON TABLE t IS 'x'"
LOST = "TRUNCATE t"
TWICE = "SELECT 1"

"""
BACK = "op.drop_table('wanted')"

VECTORS: tuple[tuple[str, str], ...] = (
    ("pass", "none"),
    ("op.create_table('t', sa.Column('id', sa.Integer(), primary_key=True))", "expand"),
    (
        "op.create_table('t', sa.Column('id', sa.Integer()))\n    op.create_index('i', 't', ['id'], unique=True)",
        "expand",
    ),
    ("op.add_column('t', sa.Column('c', sa.String(length=20), nullable=True))", "expand"),
    ("op.add_column('t', sa.Column('c', sa.Integer(), nullable=False, server_default='0'))", "expand"),
    ("op.add_column('t', sa.Column('c', sa.DateTime(), nullable=False, server_default=sa.func.now()))", "expand"),
    ("op.alter_column('t', 'c', existing_type=sa.Integer(), nullable=True)", "expand"),
    ("op.bulk_insert(t, [{'a': 1}])", "expand"),
    ("op.create_index(op.f('ix_t_c'), 't', ['c'], postgresql_concurrently=True)", "expand"),
    ("op.create_index(op.f('ix_t_c'), 't', ['c'], unique=False)", "locking"),
    (
        "op.alter_column('t', 'c', existing_type=sa.Integer(), type_=sa.BigInteger(), existing_nullable=False)",
        "locking",
    ),
    ("op.alter_column('t', 'c', existing_type=sa.String(10), type_=sa.String(20))", "locking"),
    ("op.drop_index('i', table_name='t')", "locking"),
    ("op.execute('UPDATE t SET c = 0 WHERE c IS NULL')", "locking"),
    ("op.add_column('t', sa.Column('c', sa.Uuid(), server_default=sa.text('gen_random_uuid()')))", "locking"),
    ("op.add_column('t', sa.Column('c', sa.Integer(), nullable=False))", "contract"),
    ("op.alter_column('t', 'c', nullable=False)", "contract"),
    ("op.alter_column('t', 'c', nullable=wanted)", "contract"),
    ("op.alter_column('t', 'c', new_column_name='d')", "contract"),
    ("op.alter_column('t', 'c', server_default=None)", "contract"),
    ("op.create_unique_constraint('k', 't', ['c'])", "contract"),
    ("op.create_foreign_key('k', 't', 'u', ['c'], ['id'])", "contract"),
    ("op.create_index('i', 't', ['c'], unique=True)", "contract"),
    ("op.create_index('i', 't', ['c'], unique=wanted)", "contract"),
    (
        "op.create_table_comment('t', 'kept')\n    op.alter_column('t', 'c', comment='kept', server_default='0')",
        "expand",
    ),
    ("op.create_table('t')\n    op.add_column('t', sa.Column('c', sa.Integer(), nullable=False))", "expand"),
    ("op.create_table('t')\n    op.drop_constraint('k', 't')\n    op.drop_table('t')", "expand"),
    ("op.create_table('t')\n    op.create_unique_constraint('k', 't', ['c'])", "expand"),
    ("op.create_table('t')\n    op.alter_column('t', 'c', nullable=False)", "expand"),
    ("op.execute(t.insert().values(a=1))", "expand"),
    ("with op.get_context().autocommit_block():\n        op.execute(KEPT)", "expand"),
    ("def inner():\n        op.create_table('t')\n    inner()", "expand"),
    ("op.add_column('t', sa.Column('c', sa.Integer(), sa.Computed('a + 1')))", "locking"),
    ("op.add_column('t', sa.Column('c', sa.Integer(), sa.ForeignKey('u.id'), nullable=True))", "locking"),
    ("op.drop_constraint('k', 't', type_='check')", "contract"),
    ("op.drop_column(op.f('t'), 'c')", "contract"),
    ("op.create_table('t', if_not_exists=True)\n    op.drop_table('t')", "contract"),
    ("kind = sa.Enum('a', 'b', name='kind')\n    kind.create(op.get_bind(), checkfirst=True)", "expand"),
    ("sa.dialects.postgresql.ENUM('a', name='kind').create(op.get_bind())", "expand"),
    ("t = sa.table('t', sa.column('a'))\n    op.bulk_insert(t, [{'a': 1}])", "expand"),
    ("t = sa.table('t', sa.column('a'))\n    op.get_bind().execute(sa.select(t.c.a).where(t.c.a == 1))", "none"),
    ("if context.get_x_argument(as_dictionary=True):\n        pass", "none"),
    ("sa.Enum(name='kind').drop(op.get_bind())", "contract"),
    ("op.drop_column('t', 'c')", "contract"),
    ("op.drop_table('t')", "contract"),
    ("op.rename_table('t', 'u')", "contract"),
    ("with op.batch_alter_table('t') as batch:\n        batch.drop_column('c')", "contract"),
    ("if wanted:\n        op.drop_column('t', 'c')", "contract"),
    ("op.alter_column('t', 'c', existing_type=sa.String(20), type_=sa.String(10))", "irreversible"),
    ("op.alter_column('t', 'c', type_=sa.Integer(), postgresql_using='c::int')", "irreversible"),
    ("op.execute('DELETE FROM t')", "irreversible"),
    ("op.execute(sa.text('TRUNCATE t'))", "irreversible"),
    ("op.get_bind().execute(sa.text('DELETE ' + 'FROM t'))", "irreversible"),
    ("conn = op.get_bind()\n    conn.execute(t.update().values(c=1))", "irreversible"),
    ("op.execute(f'DROP TABLE {name}')", "irreversible"),
    ("op.execute('DROP TABLE %s' % name)", "irreversible"),
    ("helper()", "irreversible"),
    ("t = sa.table('t', sa.column('a'))\n    op.execute(t.update().values(a=1))", "irreversible"),
    ("kind = sa.Enum('a')\n    kind = other()\n    kind.create(1)", "irreversible"),
    ("session = sa.orm.Session(bind=op.get_bind())\n    session.commit()", "irreversible"),
    ("sa.orm.Session(bind=op.get_bind()).merge(thing)", "irreversible"),
    ("session.query(Thing).delete()", "irreversible"),
    ("op.add_column('t', made)", "irreversible"),
    ("op.execute(sqltext=LOST)", "irreversible"),
    ("for TWICE in ('SELECT 1',):\n        op.execute(TWICE)", "irreversible"),
    ("op.execute(statement=made())", "irreversible"),
    ("getattr(op, 'drop_' + 'table')('t')", "irreversible"),
    ("op.run_async(work)", "irreversible"),
    ("op.add_column('t', **made)", "irreversible"),
    ("print = op.drop_table\n    print('t')", "irreversible"),
    ("open('proof', 'w').write('run')", "irreversible"),
)


def revision(up: str, down: str = BACK) -> str:
    return HEAD.format(down="'1'") + f"def upgrade():\n    {up}\n\n\ndef downgrade():\n    {down}\n"


@pytest.mark.parametrize(("up", "change"), VECTORS, ids=[up[:60] for up, _ in VECTORS])
def test_an_operation_is_of_its_class(up: str, change: str) -> None:
    text = revision(up)
    assert is_revision(text)
    reading = read_alembic(text, "2.py")
    assert reading.change.value == change, reading.steps
    assert bool(reading.verify) is any(s.what.startswith("UNKNOWN — verify") for s in reading.steps)


@pytest.mark.parametrize("down", ["pass", "raise NotImplementedError", '"""No way back."""', "return"])
def test_a_drop_without_a_way_back_is_irreversible_and_with_one_a_contract_step(down: str) -> None:
    one = read_alembic(revision("op.drop_column('t', 'c')", down))
    assert (one.change, one.way_back) == (Change.IRREVERSIBLE, False)
    again = read_alembic(revision("op.drop_column('t', 'c')", "op.add_column('t', sa.Column('c', sa.Integer()))"))
    assert (again.change, again.way_back) == (Change.CONTRACT, True)


def test_functions_of_the_file_are_followed_and_one_that_calls_itself_ends() -> None:
    text = revision("work()") + "\n\ndef work():\n    op.execute('TRUNCATE t')\n    work()\n"
    assert read_alembic(text).change is Change.IRREVERSIBLE
    several = revision("globals()['upgrade_%s' % engine]()") + "\n\ndef upgrade_one():\n    op.drop_table('t')\n"
    assert read_alembic(several).change is Change.CONTRACT
    assert not read_alembic(several).verify


@pytest.mark.parametrize("text", ["def upgrade(:\n", "revision = '1'\n", "\x00", "(" * 500])
def test_a_file_that_cannot_be_read_is_the_worst(text: str) -> None:
    reading = read_alembic(text, "x.py")
    assert (reading.change, bool(reading.verify)) == (Change.IRREVERSIBLE, True)


def test_a_revision_that_is_nested_too_deep_is_the_worst() -> None:
    reading = read_alembic(revision("x = " + " + ".join(["1"] * 3000)))
    assert (reading.change, bool(reading.verify)) == (Change.IRREVERSIBLE, True)


def test_a_merge_of_two_heads_changes_nothing() -> None:
    text = HEAD.format(down="('a', 'b')") + "def upgrade():\n    pass\n\n\ndef downgrade():\n    pass\n"
    assert (read_alembic(text).change, read_alembic(text).way_back) == (Change.NONE, None)


ENV = """
from alembic import context
context.configure(url="postgresql://", literal_binds=True)
with context.begin_transaction():
    context.run_migrations()
"""
REAL = (
    ("op.add_column('orders', sa.Column('note', sa.String(20)))", "op.drop_column('orders', 'note')"),
    ("op.create_index('i', 'orders', ['note'])", "op.drop_index('i', table_name='orders')"),
    ("op.alter_column('orders', 'note', nullable=False)", "op.alter_column('orders', 'note', nullable=True)"),
    ("op.drop_column('orders', 'note')", "pass"),
    ("op.execute(\"DELETE FROM orders WHERE note = 'x'\")", "pass"),
)


def test_the_revision_and_the_plan_that_alembic_prints_for_it_are_of_one_class(tmp_path: Path) -> None:
    """Alembic itself turns each revision into SQL: reading the one or the other gives the same."""
    versions = tmp_path / "versions"
    versions.mkdir()
    (tmp_path / "env.py").write_text(ENV)
    (tmp_path / "script.py.mako").write_text("")
    texts = []
    for number, (up, down) in enumerate(REAL, 1):
        before = repr(str(number - 1)) if number > 1 else "None"
        text = revision(up, down).replace('revision = "2"', f'revision = "{number}"', 1)
        texts.append(text.replace("down_revision = '1'", f"down_revision = {before}"))
        (versions / f"{number}_step.py").write_text(texts[-1])
    for number, text in enumerate(texts, 1):
        said = io.StringIO()
        config = Config(output_buffer=said, stdout=io.StringIO())
        config.set_main_option("script_location", str(tmp_path))
        command.upgrade(config, f"{number - 1 or 'base'}:{number}", sql=True)
        read = read_alembic(text)
        plan = settled(read_sql(said.getvalue()), way_back=read.way_back)
        assert (plan.change, plan.verify) == (read.change, ()), said.getvalue()
