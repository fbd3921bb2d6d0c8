from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import MetaData

db = SQLAlchemy(metadata=MetaData(naming_convention={"ix": "idx_%(table_name)s_%(column_0_name)s"}))


class ConventionalUser(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(5), index=True)
